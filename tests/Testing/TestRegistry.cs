using Alga.Extensions.Contracts;
using Alga.Extensions.Signing;
using Npgsql;

namespace Alga.Extensions.Testing;

/// <summary>What a registry signs, for tests of those who rely on it: counter-signatures and the index of one extension. Lies when told to.</summary>
public sealed class TestRegistry(string publisher, string extension) : IDisposable
{
    /// <summary>The key that the trust bundle names.</summary>
    public SigningKey Key { get; } = SigningKey.Create();

    /// <summary>Its entry for a trust bundle.</summary>
    public string TrustEntry => Key.ToRegistryEntry(BundleStatement.DefaultRegistry);

    public string Extension => extension;

    /// <summary>Number of the index that was signed last.</summary>
    public long Number { get; set; }

    public List<IndexedVersion> Versions { get; } = [];

    public List<IndexedKey> Keys { get; } = [];

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Accepts a version: a counter-signature, and a line in the next index.</summary>
    public byte[] Accept(BundleStatement statement, byte[] envelope, string keyId, DateTimeOffset at, Func<AcceptanceStatement, AcceptanceStatement>? change = null, SigningKey? key = null)
    {
        var acceptance = AcceptanceStatement.Of(new SignedStatement(statement, keyId), envelope, at);
        Versions.RemoveAll(version => version.Version == statement.Version);
        Versions.Add(new IndexedVersion(statement.Version, statement.Bundle.Sha256, VersionState.Ok, keyId, acceptance.AcceptedAt));
        return Unwrap(EnvelopeSigner.Sign(change?.Invoke(acceptance) ?? acceptance, key ?? Key));
    }

    /// <summary>Gives a listed version another status.</summary>
    public void SetStatus(string version, string status)
    {
        var index = Versions.FindIndex(listed => listed.Version == version);
        Versions[index] = Versions[index] with { Status = status };
    }

    /// <summary>Signs the next index.</summary>
    public byte[] Issue(DateTimeOffset now, Func<IndexStatement, IndexStatement>? change = null, SigningKey? key = null)
    {
        Number++;
        var statement = IndexStatement.Of(BundleStatement.DefaultRegistry, publisher, extension, Number, now, Lifetime, [.. Versions], [.. Keys]);
        return Unwrap(EnvelopeSigner.Sign(change?.Invoke(statement) ?? statement, key ?? Key));
    }

    /// <summary>Signs the next index and leaves it in the database as the registry does.</summary>
    public Task PublishIndexAsync(string connectionString, DateTimeOffset now, bool announce = true) => WriteAsync(connectionString, Issue(now), Number, now, announce);

    /// <summary>Leaves an index in the database, whatever it is.</summary>
    public async Task WriteAsync(string connectionString, byte[] envelope, long number, DateTimeOffset now, bool announce = true)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync().ConfigureAwait(false);
        await using var command = new NpgsqlCommand(
            """
            insert into extension_index (extension_id, number, key_id, issued_at, expires_at, envelope) values ($1, $2, $3, $4, $5, $6)
            on conflict (extension_id) do update set number = excluded.number, envelope = excluded.envelope, expires_at = excluded.expires_at
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = extension });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Key.Public.KeyId });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = (now + Lifetime).UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = envelope });
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        if (!announce) return;
        await using var notify = new NpgsqlCommand("select pg_notify('extension_index_changed', $1)", connection);
        notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = extension });
        await notify.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    public void Dispose() => Key.Dispose();

    private static byte[] Unwrap(Outcome<byte[]> outcome) =>
        outcome.TryGet(out var bytes, out var refusal) ? bytes : throw new InvalidOperationException(refusal.Message);
}
