using Alga.Extensions.Secrets;
using Npgsql;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>Puts recordings into the database, sealed with the tenant's key.</summary>
public sealed class RecordingStore(NpgsqlDataSource dataSource, TenantKeys keys, TimeProvider time)
{
    /// <summary>Stores a recording; one that is there already stays.</summary>
    /// <param name="pending">The recording.</param>
    /// <param name="json">What is stored of it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="SecretUnavailableException">The vault does not answer.</exception>
    /// <exception cref="NpgsqlException">The database does not answer, or the install is gone.</exception>
    public async Task AddAsync(PendingRecording pending, byte[] json, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // What is sealed counts in seconds.
        var expires = DateTimeOffset.FromUnixTimeSeconds(now.AddDays(pending.KeepDays).ToUnixTimeSeconds());
        var key = await keys.GetCurrentAsync(pending.TenantId, cancellationToken).ConfigureAwait(false);
        var binding = new RecordingBinding(pending.TenantId, pending.InstallId, pending.Recording.ExecutionId, expires);
        var @sealed = RecordingSeal.Seal(key.Bytes, binding, json);
        // A batch without BEGIN is one implicit transaction, so the tenant is gone with it.
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('app.tenant_id', $1, true)")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = pending.TenantId.ToString("D") } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            insert into execution_recording (tenant_id, execution_id, install_id, sealed, key_version, recorded_at, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = pending.TenantId },
                new NpgsqlParameter<Guid> { TypedValue = pending.Recording.ExecutionId },
                new NpgsqlParameter<Guid> { TypedValue = pending.InstallId },
                new NpgsqlParameter<byte[]> { TypedValue = @sealed },
                new NpgsqlParameter<string> { TypedValue = key.Version },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = expires },
            },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
