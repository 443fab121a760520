using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Accept;

/// <summary>Rows of counter-signatures: one for each version, written once.</summary>
public static class AcceptanceRows
{
    /// <summary>Adds the counter-signature of a version; false when it has one.</summary>
    public static async Task<bool> AddAsync(NpgsqlTransaction transaction, Guid versionId, Acceptance acceptance, CancellationToken cancellationToken) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            insert into extension_version_acceptance (version_id, publisher_key_id, envelope_sha256, accepted_at, acceptance)
            values (@versionId, @keyId, @envelopeSha256, @acceptedAt, @acceptance)
            on conflict (version_id) do nothing
            """,
            new
            {
                versionId,
                keyId = acceptance.Statement.PublisherKeyId,
                envelopeSha256 = acceptance.Statement.EnvelopeSha256,
                acceptedAt = acceptance.Statement.AcceptedAt,
                acceptance = acceptance.Envelope,
            },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false) == 1;

    /// <summary>The counter-signature of a version; null when there is none.</summary>
    public static Task<byte[]?> FindAsync(NpgsqlConnection connection, string name, string version, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<byte[]?>(new CommandDefinition(
            """
            select a.acceptance from extension_version_acceptance a join extension_version v using (version_id)
            where v.extension_id = @name and v.version = @version
            """,
            new { name, version },
            cancellationToken: cancellationToken));

    /// <summary>When a version was accepted with these bytes; null when it was not.</summary>
    public static async Task<DateTimeOffset?> FindTimeAsync(NpgsqlConnection connection, string name, string version, string contentHash, CancellationToken cancellationToken)
    {
        var at = await connection.QuerySingleOrDefaultAsync<DateTime?>(new CommandDefinition(
            """
            select a.accepted_at from extension_version_acceptance a join extension_version v using (version_id)
            where v.extension_id = @name and v.version = @version and v.content_hash = @contentHash
            """,
            new { name, version, contentHash },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return at is { } time ? new DateTimeOffset(time) : null;
    }
}
