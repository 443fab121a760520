using Npgsql;

namespace Alga.Extensions.Gateway.Limit;

/// <summary>What a bucket gave.</summary>
/// <param name="Granted">Requests taken, 0 when there are none.</param>
/// <param name="Remaining">Whole requests left in the bucket.</param>
/// <param name="MonthlyLeft">Requests left in the month; null without a monthly limit.</param>
/// <param name="Month">The month they were taken in, by the database's clock.</param>
internal sealed record RequestGrant(int Granted, int Remaining, long? MonthlyLeft, DateOnly Month);

/// <summary>The counters that all gateways share. Each call is one round trip in one implicit transaction.</summary>
internal sealed class QuotaStore(NpgsqlDataSource database, GatewayMetrics metrics)
{
    private const string SetTenant = "select set_config('app.tenant_id', $1, true)";

    /// <summary>Takes requests from a bucket.</summary>
    /// <param name="scope">Whose bucket.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="wanted">How many, at most.</param>
    /// <param name="unused">How many of an earlier lease come back.</param>
    /// <param name="unusedMonth">The month of that lease.</param>
    public async Task<RequestGrant> TakeRequestsAsync(QuotaScope scope, QuotaLimits limits, int wanted, int unused, DateOnly unusedMonth)
    {
        await using var batch = Batch(
            scope,
            "select granted, remaining, monthly_left, lease_month from take_requests($1, $2, $3, $4, $5, $6, $7)",
            new NpgsqlParameter<string> { TypedValue = scope.Name },
            new NpgsqlParameter<double> { TypedValue = limits.Rate },
            new NpgsqlParameter<int> { TypedValue = limits.BucketSize },
            limits.MonthlyInvocations is { } monthly ? new NpgsqlParameter<long> { TypedValue = monthly } : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
            new NpgsqlParameter<int> { TypedValue = wanted },
            new NpgsqlParameter<int> { TypedValue = unused },
            new NpgsqlParameter<DateOnly> { TypedValue = unusedMonth });
        await using var reader = await ReadRowAsync(batch);
        return new RequestGrant(reader.GetInt32(0), reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetInt64(2), reader.GetFieldValue<DateOnly>(3));
    }

    /// <summary>Holds slots for running requests.</summary>
    /// <returns>How many this gateway now holds.</returns>
    public async Task<int> HoldSlotsAsync(QuotaScope scope, Guid gatewayId, int limit, int wanted, TimeSpan lifetime)
    {
        await using var batch = Batch(
            scope,
            "select hold_slots($1, $2, $3, $4, $5)",
            new NpgsqlParameter<string> { TypedValue = scope.Name },
            new NpgsqlParameter<Guid> { TypedValue = gatewayId },
            new NpgsqlParameter<int> { TypedValue = limit },
            new NpgsqlParameter<int> { TypedValue = wanted },
            new NpgsqlParameter<TimeSpan> { TypedValue = lifetime });
        await using var reader = await ReadRowAsync(batch);
        return reader.GetInt32(0);
    }

    private async Task<NpgsqlDataReader> ReadRowAsync(NpgsqlBatch batch)
    {
        try
        {
            var reader = await batch.ExecuteReaderAsync();
            await reader.NextResultAsync();
            await reader.ReadAsync();
            return reader;
        }
        catch (Exception exception) when (DatabaseFaults.IsOutage(exception))
        {
            metrics.QuotaStoreFailed();
            throw;
        }
    }

    private NpgsqlBatch Batch(QuotaScope scope, string sql, params NpgsqlParameter[] parameters)
    {
        var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SetTenant) { Parameters = { new NpgsqlParameter<string> { TypedValue = scope.TenantId.ToString() } } });
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
        return batch;
    }
}
