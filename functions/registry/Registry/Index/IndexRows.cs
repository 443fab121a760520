using Alga.Extensions.Registry.Keys;
using Alga.Extensions.Signing;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Index;

/// <summary>What goes into the next index of an extension.</summary>
/// <param name="Publisher">Its owner.</param>
/// <param name="Number">Number of the newest index, 0 when there is none.</param>
/// <param name="Versions">Its versions, in the order of acceptance.</param>
/// <param name="Keys">The publisher's keys.</param>
public sealed record IndexContent(string Publisher, long Number, IReadOnlyList<IndexedVersion> Versions, IReadOnlyList<IndexedKey> Keys);

/// <summary>Rows of indexes, and what they are made of.</summary>
public static class IndexRows
{
    /// <summary>
    /// Waits for the publisher's lock, which the end of the transaction gives back: one change at a time to a publisher's indexes, keys
    /// and versions. Taken after the catalogue's entry, where that is locked too.
    /// </summary>
    public static Task LockAsync(NpgsqlTransaction transaction, string publisher, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(hashtextextended('alga publisher ' || @publisher, 0))", new { publisher }, transaction, cancellationToken: cancellationToken));

    /// <summary>Reads what the next index says.</summary>
    public static async Task<IndexContent> ReadAsync(NpgsqlTransaction transaction, string extension, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        var (publisher, number) = await connection.QuerySingleAsync<(string, long)>(new CommandDefinition(
            """
            select e.publisher_id, coalesce(i.number, 0) from extension_registry e left join extension_index i using (extension_id)
            where e.extension_id = @extension
            """,
            new { extension },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        var versions = await connection.QueryAsync<VersionRow>(new CommandDefinition(
            """
            select v.version as Version, v.content_hash as ContentHash, a.publisher_key_id as KeyId, a.accepted_at as AcceptedAt,
                   case when r.version_id is not null then 'revoked' when y.version_id is not null then 'yanked' else 'ok' end as Status
            from extension_version v
            join extension_version_acceptance a using (version_id)
            left join extension_version_revocation r using (version_id)
            left join extension_version_yank y using (version_id)
            where v.extension_id = @extension
            order by a.accepted_at, v.version
            """,
            new { extension },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        var keys = await PublisherKeyRows.ReadAsync(connection, transaction, publisher, cancellationToken).ConfigureAwait(false);
        return new IndexContent(publisher, number, [.. versions.Select(row => row.ToIndexed())], [.. keys.Select(key => key.ToIndexed())]);
    }

    /// <summary>Writes an index and, at commit, announces it on channel <c>extension_index_changed</c>.</summary>
    public static Task SaveAsync(NpgsqlTransaction transaction, IndexStatement statement, string keyId, byte[] envelope, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            insert into extension_index (extension_id, number, key_id, issued_at, expires_at, envelope)
            values (@extension, @number, @keyId, @issuedAt, @expiresAt, @envelope)
            on conflict (extension_id) do update
            set number = excluded.number, key_id = excluded.key_id, issued_at = excluded.issued_at, expires_at = excluded.expires_at, envelope = excluded.envelope;
            select pg_notify('extension_index_changed', @extension);
            """,
            new { extension = statement.Extension, number = statement.Number, keyId, issuedAt = statement.IssuedAt, expiresAt = statement.ExpiresAt, envelope },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>Extensions of a publisher that have an index.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(NpgsqlTransaction transaction, string publisher, CancellationToken cancellationToken) =>
        (await transaction.Connection!.QueryAsync<string>(new CommandDefinition(
            "select extension_id from extension_index join extension_registry using (extension_id) where publisher_id = @publisher order by extension_id",
            new { publisher },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList();

    /// <summary>Extensions, with their publishers, whose index ends before a time or was signed with another key.</summary>
    public static async Task<IReadOnlyList<(string Extension, string Publisher)>> ListDueAsync(
        NpgsqlConnection connection, DateTimeOffset endingBefore, string keyId, int take, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<(string, string)>(new CommandDefinition(
            """
            select extension_id, publisher_id from extension_index join extension_registry using (extension_id)
            where expires_at < @endingBefore or key_id <> @keyId
            order by expires_at
            limit @take
            """,
            new { endingBefore, keyId, take },
            cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList();

    /// <summary>The newest index of an extension; null when it has none.</summary>
    public static Task<byte[]?> FindAsync(NpgsqlConnection connection, string extension, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<byte[]?>(new CommandDefinition(
            "select envelope from extension_index where extension_id = @extension", new { extension }, cancellationToken: cancellationToken));

    private sealed record VersionRow
    {
        public required string Version { get; init; }

        public required string ContentHash { get; init; }

        public required string KeyId { get; init; }

        public required DateTime AcceptedAt { get; init; }

        public required string Status { get; init; }

        public IndexedVersion ToIndexed() =>
            Contracts.ContentHash.TryParse(ContentHash, out var hash)
                ? new IndexedVersion(Version, hash.Hex, Status, KeyId, new DateTimeOffset(AcceptedAt))
                : throw new InvalidOperationException($"The stored hash of {Version} is not valid.");
    }
}
