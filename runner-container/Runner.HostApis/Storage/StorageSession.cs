using System.Globalization;
using Alga.Extensions.Runner.Engine;
using Npgsql;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// Sends statements to PostgreSQL in a transaction of one tenant, all in one round trip, on the invocation's thread. The
/// server stops a statement when the call's time is over, and the client gives up about a second later if the server does not.
/// </summary>
internal sealed class StorageSession(NpgsqlDataSource dataSource, Guid tenantId, InvocationDeadline deadline)
{
    /// <summary>Runs statements and commits: begin, tenant, statements, commit in one batch.</summary>
    /// <param name="statements">The statements, in order.</param>
    /// <param name="read">Reads their results; the reader stands on the first statement's.</param>
    public T Run<T>(IReadOnlyList<NpgsqlBatchCommand> statements, Func<NpgsqlDataReader, T> read)
    {
        using var connection = Open(out var left);
        using var batch = Begin(connection, statements, left);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        using var reader = batch.ExecuteReader();
        reader.NextResult();
        var result = read(reader);
        // Not before the commit has been heard of is anything true: a quota is judged there.
        while (reader.NextResult())
        {
        }

        return result;
    }

    /// <summary>The same in two round trips, where the results decide whether to commit.</summary>
    public T RunIf<T>(IReadOnlyList<NpgsqlBatchCommand> statements, Func<NpgsqlDataReader, T> read, Func<T, bool> commits)
    {
        using var connection = Open(out var left);
        T result;
        using (var batch = Begin(connection, statements, left))
        using (var reader = batch.ExecuteReader())
        {
            reader.NextResult();
            result = read(reader);
        }

        using var end = new NpgsqlCommand(commits(result) ? "commit" : "rollback", connection) { CommandTimeout = Seconds(left) };
        end.ExecuteNonQuery();
        return result;
    }

    private NpgsqlBatch Begin(NpgsqlConnection connection, IReadOnlyList<NpgsqlBatchCommand> statements, TimeSpan left)
    {
        var batch = new NpgsqlBatch(connection) { Timeout = Seconds(left) };
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        // Both are local to the transaction, so commit and rollback take them away.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('app.tenant_id', $1, true), set_config('statement_timeout', $2, true)")
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = tenantId.ToString("D") },
                new NpgsqlParameter<string> { TypedValue = Math.Ceiling(left.TotalMilliseconds).ToString("0", CultureInfo.InvariantCulture) },
            },
        });
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        return batch;
    }

    private static int Seconds(TimeSpan left) => (int)Math.Ceiling(left.TotalSeconds) + 1;

    private NpgsqlConnection Open(out TimeSpan left)
    {
        left = deadline.Left < StorageLimits.MaxCallTime ? deadline.Left : StorageLimits.MaxCallTime;
        if (left <= TimeSpan.Zero) throw new TimeoutException("No time is left.");
        using var timeout = new CancellationTokenSource(left);
        // This thread has nothing else to do, and with an idle connection in the pool nothing is waited for at all.
        return dataSource.OpenConnectionAsync(timeout.Token).AsTask().GetAwaiter().GetResult();
    }
}
