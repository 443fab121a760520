using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Install;

/// <summary>Whether a tenant has an extension, for what hangs on an install.</summary>
internal static class InstalledExtension
{
    /// <summary>Looks in the transaction's tenant.</summary>
    public static Task<bool> IsInstalledAsync(NpgsqlTransaction transaction, string name, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select exists (select from tenant_extension_install where tenant_id = current_tenant() and extension_id = @name and status <> 'uninstalled')",
            new { name },
            transaction,
            cancellationToken: cancellationToken));
}
