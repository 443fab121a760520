using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Revoke;

/// <summary>That a version was revoked.</summary>
public sealed record Revocation
{
    public required string Reason { get; init; }

    public required DateTime RevokedAt { get; init; }
}

/// <summary>Rows of revocations; a version without one is not revoked.</summary>
public static class RevocationRows
{
    /// <summary>The revocation of a version, or null.</summary>
    public static Task<Revocation?> FindAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string name, string version, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<Revocation?>(new CommandDefinition(
            """
            select r.reason as Reason, r.revoked_at as RevokedAt
            from extension_version_revocation r join extension_version v using (version_id)
            where v.extension_id = @name and v.version = @version
            """,
            new { name, version },
            transaction,
            cancellationToken: cancellationToken));

    public static Task AddAsync(NpgsqlTransaction transaction, Guid versionId, Revocation revocation, string by, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "insert into extension_version_revocation (version_id, reason, revoked_by, revoked_at) values (@versionId, @reason, @by, @at)",
            new { versionId, reason = revocation.Reason, by, at = revocation.RevokedAt },
            transaction,
            cancellationToken: cancellationToken));

    public static Task RemoveAsync(NpgsqlTransaction transaction, Guid versionId, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "delete from extension_version_revocation where version_id = @versionId", new { versionId }, transaction, cancellationToken: cancellationToken));
}
