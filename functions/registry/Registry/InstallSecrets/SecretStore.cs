using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.InstallSecrets;

/// <summary>Rows of installs' secrets. Values only go in: the registry's role may not read that column.</summary>
internal static class SecretStore
{
    private const string Select =
        "select name as Name, version as Version, created_at as CreatedAt, expires_at as ExpiresAt from tenant_extension_install_secret";

    /// <summary>All secrets of an install, by name.</summary>
    public static async Task<IReadOnlyList<SecretRow>> ListAsync(
        NpgsqlTransaction transaction, Guid tenantId, Guid installId, CancellationToken cancellationToken)
    {
        var rows = await transaction.Connection!.QueryAsync<SecretRow>(new CommandDefinition(
            Select + " where tenant_id = @tenantId and install_id = @installId order by name",
            new { tenantId, installId },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return rows.AsList();
    }

    /// <summary>One secret, or null. The install's row is locked, so it stays as it is.</summary>
    public static Task<SecretRow?> FindAsync(
        NpgsqlTransaction transaction, Guid tenantId, Guid installId, string name, CancellationToken cancellationToken) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<SecretRow>(new CommandDefinition(
            Select + " where tenant_id = @tenantId and install_id = @installId and name = @name",
            new { tenantId, installId, name },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>Adds a secret, or puts a value in the place of another.</summary>
    public static Task SaveAsync(
        NpgsqlTransaction transaction, Guid tenantId, Guid installId, SecretRow row, byte[] sealedValue, string keyVersion, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            insert into tenant_extension_install_secret (tenant_id, install_id, name, version, sealed_value, key_version, created_at, expires_at)
            values (@tenantId, @installId, @Name, @Version, @sealedValue, @keyVersion, @CreatedAt, @ExpiresAt)
            on conflict (tenant_id, install_id, name) do update
            set version = @Version, sealed_value = @sealedValue, key_version = @keyVersion, created_at = @CreatedAt, expires_at = @ExpiresAt
            """,
            new { tenantId, installId, row.Name, row.Version, sealedValue, keyVersion, row.CreatedAt, row.ExpiresAt },
            transaction,
            cancellationToken: cancellationToken));

    public static Task DeleteAsync(NpgsqlTransaction transaction, Guid tenantId, Guid installId, string name, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "delete from tenant_extension_install_secret where tenant_id = @tenantId and install_id = @installId and name = @name",
            new { tenantId, installId, name },
            transaction,
            cancellationToken: cancellationToken));
}
