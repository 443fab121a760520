using Alga.Extensions.Secrets;
using Npgsql;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// Reads the secrets of installs: rows from the database under row-level security, opened with the tenant's key from the
/// vault. There is no way around either: what does not open is a fault, what cannot be fetched is unavailable.
/// </summary>
internal sealed class InstallSecrets(NpgsqlDataSource dataSource, TenantKeys keys, TimeProvider time)
{
    /// <summary>Longest time of one read, if the invocation has that much left.</summary>
    public static readonly TimeSpan MaxCallTime = TimeSpan.FromSeconds(3);

    public SecretCache Cache { get; } = new(time);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>What an invocation knows from the first: every value of its install that this process knows.</summary>
    public KnownSecrets Remember(Guid tenantId, Guid installId)
    {
        var known = new KnownSecrets();
        foreach (var value in Cache.Remember(tenantId, installId)) known.Add(value);
        return known;
    }

    /// <summary>A secret's value; null when none is stored.</summary>
    /// <exception cref="SecretUnavailableException">The vault does not answer.</exception>
    /// <exception cref="InvalidOperationException">The row was tampered with.</exception>
    public async Task<InstallSecret?> FindAsync(Guid tenantId, Guid installId, string name, CancellationToken cancellationToken)
    {
        if (Cache.Find(tenantId, installId, name) is { } known) return known;
        if (await ReadAsync(tenantId, installId, name, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            Cache.Remove(tenantId, installId, name);
            return null;
        }

        var key = await keys.GetAsync(tenantId, row.KeyVersion, cancellationToken).ConfigureAwait(false);
        var value = SecretSeal.Open(key.Bytes, row.Binding, row.Sealed)
            ?? throw new InvalidOperationException($"Secret {name} of install {installId:D} does not open: it was sealed for something else, or changed since.");
        var secret = new InstallSecret(value, row.Binding.CreatedAt, row.Binding.ExpiresAt);
        Cache.Put(tenantId, installId, name, secret);
        return secret;
    }

    /// <summary>Names of an install's secrets that have a value, sorted.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(Guid tenantId, Guid installId, CancellationToken cancellationToken)
    {
        await using var batch = Begin(tenantId, "select name from tenant_extension_install_secret where tenant_id = $1 and install_id = $2 order by name", installId);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) names.Add(reader.GetString(0));
        return names;
    }

    private async Task<Row?> ReadAsync(Guid tenantId, Guid installId, string name, CancellationToken cancellationToken)
    {
        await using var batch = Begin(
            tenantId,
            """
            select version, sealed_value, key_version, created_at, expires_at from tenant_extension_install_secret
            where tenant_id = $1 and install_id = $2 and name = $3
            """,
            installId);
        batch.BatchCommands[1].Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) return null;
        var expires = await reader.IsDBNullAsync(4, cancellationToken).ConfigureAwait(false) ? (DateTimeOffset?)null : reader.GetFieldValue<DateTimeOffset>(4);
        return new Row(
            new SecretBinding(tenantId, installId, name, reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(3), expires),
            reader.GetFieldValue<byte[]>(1),
            reader.GetString(2));
    }

    /// <summary>A batch without BEGIN is one implicit transaction, so the tenant is gone with it.</summary>
    private NpgsqlBatch Begin(Guid tenantId, string sql, Guid installId)
    {
        var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('app.tenant_id', $1, true)")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = tenantId.ToString("D") } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = tenantId }, new NpgsqlParameter<Guid> { TypedValue = installId } },
        });
        return batch;
    }

    private sealed record Row(SecretBinding Binding, byte[] Sealed, string KeyVersion);
}
