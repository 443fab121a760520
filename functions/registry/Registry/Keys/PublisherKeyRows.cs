using Alga.Extensions.Signing;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Keys;

/// <summary>Rows of publishers' keys.</summary>
public static class PublisherKeyRows
{
    /// <summary>Most keys of one publisher: each of its indexes carries all of them.</summary>
    public const int MaxKeys = 50;

    private const string Select =
        """
        select key_id as KeyId, public_key as PublicKey, status as Status, not_before as NotBefore, not_after as NotAfter, since as Since,
               added_at as AddedAt
        from publisher_key
        """;

    /// <summary>A publisher's keys by the time they were added.</summary>
    public static async Task<IReadOnlyList<PublisherKey>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string publisher, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Select + " where publisher_id = @publisher order by added_at, key_id", new { publisher }, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToKey())];
    }

    /// <summary>The same, ready to verify with.</summary>
    public static async Task<KeyRegister> ReadRegisterAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string publisher, CancellationToken cancellationToken)
    {
        var keys = await ReadAsync(connection, transaction, publisher, cancellationToken).ConfigureAwait(false);
        return KeyRegister.Of(publisher, [.. keys.Select(key => key.ToIndexed())]).TryGet(out var register, out var refusal)
            ? register
            : throw new InvalidOperationException(refusal.Message);
    }

    /// <summary>Whether a key signs for any publisher already.</summary>
    public static Task<string?> FindOwnerAsync(NpgsqlTransaction transaction, string keyId, CancellationToken cancellationToken) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            "select publisher_id from publisher_key where key_id = @keyId and public_key is not null", new { keyId }, transaction, cancellationToken: cancellationToken));

    /// <summary>Whether something of the publisher was accepted with this key.</summary>
    public static Task<bool> HasSignedAsync(NpgsqlTransaction transaction, string publisher, string keyId, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            select exists (
              select from extension_version_acceptance a
              join extension_version v using (version_id) join extension_registry e using (extension_id)
              where a.publisher_key_id = @keyId and e.publisher_id = @publisher)
            """,
            new { publisher, keyId },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>When the last version was accepted with this key; null for never.</summary>
    public static async Task<DateTimeOffset?> FindLastUseAsync(NpgsqlTransaction transaction, string keyId, CancellationToken cancellationToken)
    {
        var last = await transaction.Connection!.ExecuteScalarAsync<DateTime?>(new CommandDefinition(
            "select max(accepted_at) from extension_version_acceptance where publisher_key_id = @keyId", new { keyId }, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return last is { } at ? new DateTimeOffset(at) : null;
    }

    /// <summary>Adds a key or writes its changed state.</summary>
    public static Task SaveAsync(NpgsqlTransaction transaction, string publisher, PublisherKey key, string by, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            insert into publisher (publisher_id, display_name, created_at) values (@publisher, @publisher, @now) on conflict (publisher_id) do nothing;
            insert into publisher_key (publisher_id, key_id, public_key, not_before, not_after, status, since, added_by, added_at, updated_at)
            values (@publisher, @keyId, @publicKey, @notBefore, @notAfter, @status, @since, @by, @addedAt, @now)
            on conflict (publisher_id, key_id) do update set status = excluded.status, since = excluded.since, updated_at = excluded.updated_at
            """,
            new
            {
                publisher,
                keyId = key.KeyId,
                publicKey = key.PublicKey?.ToDer(),
                notBefore = key.NotBefore,
                notAfter = key.NotAfter,
                status = key.Status,
                since = key.Since,
                by,
                addedAt = key.AddedAt,
                now,
            },
            transaction,
            cancellationToken: cancellationToken));

    private sealed record Row
    {
        public required string KeyId { get; init; }

        public required byte[]? PublicKey { get; init; }

        public required string Status { get; init; }

        public required DateTime? NotBefore { get; init; }

        public required DateTime? NotAfter { get; init; }

        public required DateTime? Since { get; init; }

        public required DateTime AddedAt { get; init; }

        public PublisherKey ToKey() => new(KeyId, ReadKey(), Status, ToTime(NotBefore), ToTime(NotAfter), ToTime(Since), new DateTimeOffset(AddedAt));

        private static DateTimeOffset? ToTime(DateTime? time) => time is { } value ? new DateTimeOffset(value) : null;

        private VerificationKey? ReadKey()
        {
            if (PublicKey is null) return null;
            return VerificationKey.Read(PublicKey).TryGet(out var key, out var refusal) ? key : throw new InvalidOperationException($"The stored key {KeyId} is broken: {refusal.Message}");
        }
    }
}
