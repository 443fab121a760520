using Npgsql;

namespace Alga.Extensions.Gateway.Idempotency;

/// <summary>Outcomes by key, in the database, so that they are the same behind every gateway. All times are the database's.</summary>
internal sealed class IdempotencyStore(NpgsqlDataSource database)
{
    /// <summary>How long an outcome is repeated.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const string SetTenant = "select set_config('app.tenant_id', $1, true)";

    // A claim that is over belongs to a gateway that died, and an outcome that is over is none any more: both make room.
    private const string ClaimSql =
        """
        insert into extension_idempotency as stored
          (tenant_id, install_id, user_id, key_hash, request_hash, claim_id, claimed_until, expires_at)
        values ($1, $2, $3, $4, $5, $6, clock_timestamp() + $7, clock_timestamp() + $8)
        on conflict (tenant_id, install_id, user_id, key_hash) do update
          set request_hash = excluded.request_hash, claim_id = excluded.claim_id, claimed_until = excluded.claimed_until,
              expires_at = excluded.expires_at, status = null, answer = null
          where (stored.status is null and stored.claimed_until <= clock_timestamp()) or stored.expires_at <= clock_timestamp()
        returning claim_id
        """;

    private const string FindSql =
        "select request_hash, status, answer from extension_idempotency where tenant_id = $1 and install_id = $2 and user_id = $3 and key_hash = $4";

    private const string CompleteSql =
        "update extension_idempotency set status = $6, answer = $7 where tenant_id = $1 and install_id = $2 and user_id = $3 and key_hash = $4 and claim_id = $5";

    private const string AbandonSql =
        "delete from extension_idempotency where tenant_id = $1 and install_id = $2 and user_id = $3 and key_hash = $4 and claim_id = $5 and status is null";

    // A few with each claim, so that nobody has to come by and clean up.
    private const string ForgetSql =
        """
        delete from extension_idempotency where tenant_id = $1 and ctid = any (array(
          select ctid from extension_idempotency where tenant_id = $1 and expires_at <= clock_timestamp() order by expires_at limit 20 for update skip locked))
        """;

    /// <summary>Claims a key for a while, or gives what is known of it.</summary>
    public async Task<IdempotencyClaim> ClaimAsync(IdempotencyOwner owner, IdempotencyKey key, Guid claim, TimeSpan lease, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryClaimAsync(owner, key, claim, lease, cancellationToken)) return IdempotencyClaim.Ours;
            if (await FindAsync(owner, key, cancellationToken) is { } known) return known;
            // Abandoned in between.
        }
    }

    /// <summary>Stores the outcome of a claim that is still ours.</summary>
    public Task CompleteAsync(IdempotencyOwner owner, IdempotencyKey key, Guid claim, int status, byte[] answer, CancellationToken cancellationToken) =>
        ExecuteAsync(owner, key, claim, CompleteSql, [new NpgsqlParameter<int> { TypedValue = status }, new NpgsqlParameter<byte[]> { TypedValue = answer }], cancellationToken);

    /// <summary>Gives a claim up: nothing was executed.</summary>
    public Task AbandonAsync(IdempotencyOwner owner, IdempotencyKey key, Guid claim, CancellationToken cancellationToken) =>
        ExecuteAsync(owner, key, claim, AbandonSql, [], cancellationToken);

    private async Task<bool> TryClaimAsync(IdempotencyOwner owner, IdempotencyKey key, Guid claim, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var batch = Begin(owner);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ForgetSql) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = owner.TenantId } } });
        var insert = new NpgsqlBatchCommand(ClaimSql);
        AddKey(insert, owner, key);
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = key.Request });
        insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = claim });
        insert.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        insert.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Lifetime });
        batch.BatchCommands.Add(insert);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken);
    }

    private async Task<IdempotencyClaim?> FindAsync(IdempotencyOwner owner, IdempotencyKey key, CancellationToken cancellationToken)
    {
        await using var batch = Begin(owner);
        var select = new NpgsqlBatchCommand(FindSql);
        AddKey(select, owner, key);
        batch.BatchCommands.Add(select);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        if (!reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(key.Request)) return IdempotencyClaim.OtherRequest;
        return reader.IsDBNull(1) ? IdempotencyClaim.Running : new IdempotencyClaim(reader.GetInt32(1), reader.GetFieldValue<byte[]>(2));
    }

    private async Task ExecuteAsync(
        IdempotencyOwner owner, IdempotencyKey key, Guid claim, string sql, IReadOnlyList<NpgsqlParameter> more, CancellationToken cancellationToken)
    {
        await using var batch = Begin(owner);
        var command = new NpgsqlBatchCommand(sql);
        AddKey(command, owner, key);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = claim });
        foreach (var parameter in more) command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    // A batch without BEGIN is one implicit transaction, so the tenant is gone with it.
    private NpgsqlBatch Begin(IdempotencyOwner owner)
    {
        var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SetTenant) { Parameters = { new NpgsqlParameter<string> { TypedValue = owner.TenantId.ToString() } } });
        return batch;
    }

    private static void AddKey(NpgsqlBatchCommand command, IdempotencyOwner owner, IdempotencyKey key)
    {
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = owner.TenantId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = owner.InstallId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = owner.UserId });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = key.Scope });
    }
}

/// <summary>Whose key it is: another tenant, install or user has keys of its own.</summary>
internal readonly record struct IdempotencyOwner(Guid TenantId, Guid InstallId, string UserId);

/// <summary>What is known of a key.</summary>
/// <param name="status">Status of the stored answer.</param>
/// <param name="answer">The stored answer; null where there is none.</param>
internal sealed class IdempotencyClaim(int status, byte[]? answer)
{
    /// <summary>It is ours to execute.</summary>
    public static readonly IdempotencyClaim Ours = new(0, null);

    /// <summary>Somebody executes it now.</summary>
    public static readonly IdempotencyClaim Running = new(0, null);

    /// <summary>It was used for another request.</summary>
    public static readonly IdempotencyClaim OtherRequest = new(0, null);

    public int Status => status;

    public byte[]? Answer => answer;
}
