using Npgsql;
using NpgsqlTypes;

namespace Alga.Extensions.Runner.Records;

/// <summary>
/// Writes records into the database, exactly once each. PostgreSQL has no COPY into a table under row-level security, so a
/// batch goes by binary COPY into a temporary table and from there, tenant by tenant in one transaction, into the log and the
/// usage counters, which therefore always agree. Who watches an extension is told (<c>NOTIFY execution_written</c>: tenant,
/// extension, earliest and latest start in microseconds since 1970, ids).
/// </summary>
/// <remarks>
/// It keeps one connection, on which that table is made and the statements are planned only once. One batch at a time.
/// </remarks>
public sealed class RecordStore(NpgsqlDataSource dataSource) : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private NpgsqlConnection? connection;
    private bool isDisposed;

    /// <summary>Writes records and gives how many were new. A fault leaves all of them unwritten, or, when it came with the commit, written; the same records again do no harm.</summary>
    public async Task<int> WriteAsync(IReadOnlyList<ExecutionRecord> records, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            connection ??= await OpenAsync(cancellationToken);
            return await WriteAsync(connection, records, cancellationToken);
        }
        catch
        {
            await CloseAsync();
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Waits for the batch that is being written.</summary>
    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        isDisposed = true;
        await CloseAsync();
        // Not disposed of: who waits for it hears that way that the store is.
        turn.Release();
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var opened = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var staging = new NpgsqlCommand(RecordSql.CreateStaging, opened);
            await staging.ExecuteNonQueryAsync(cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    private async Task CloseAsync()
    {
        if (connection is not { } open) return;
        connection = null;
        await open.DisposeAsync();
    }

    private static async Task<int> WriteAsync(NpgsqlConnection connection, IReadOnlyList<ExecutionRecord> records, CancellationToken cancellationToken)
    {
        const string Staged = "staged";
        // In one order, as the rows of the counters are locked.
        var tenants = records.GroupBy(record => record.TenantId).OrderBy(tenant => tenant.Key).ToList();
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await StageAsync(connection, records, cancellationToken);
        await transaction.SaveAsync(Staged, cancellationToken);
        var entered = records.Count;
        if (await TryEnterAsync(connection, transaction, tenants, cancellationToken))
        {
            await CountAsync(connection, transaction, tenants, cancellationToken);
        }
        else
        {
            // Some were there already, or twice in the batch: the database, which knows which, has to count.
            await transaction.RollbackAsync(Staged, cancellationToken);
            entered = 0;
            foreach (var tenant in tenants) entered += await EnterAndCountAsync(connection, transaction, tenant.Key, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return entered;
    }

    /// <summary>False when not all of them are new; then the transaction can only go back.</summary>
    private static async Task<bool> TryEnterAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<IGrouping<Guid, ExecutionRecord>> tenants, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var tenant in tenants)
        {
            batch.BatchCommands.Add(Scope(tenant.Key));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(RecordSql.Enter));
        }

        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    private static async Task CountAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<IGrouping<Guid, ExecutionRecord>> tenants, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var tenant in tenants)
        {
            batch.BatchCommands.Add(Scope(tenant.Key));
            var count = new NpgsqlBatchCommand(RecordSql.CountNew);
            new UsageCounts(tenant).AddTo(count.Parameters);
            batch.BatchCommands.Add(count);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<int> EnterAndCountAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid tenant, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { Scope(tenant), new NpgsqlBatchCommand(RecordSql.EnterAndCountNew) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (int)reader.GetInt64(0);
    }

    private static NpgsqlBatchCommand Scope(Guid tenant) =>
        new(RecordSql.Scope) { Parameters = { new NpgsqlParameter<string> { TypedValue = tenant.ToString("D") } } };

    private static async Task StageAsync(NpgsqlConnection connection, IReadOnlyList<ExecutionRecord> records, CancellationToken cancellationToken)
    {
        await using var writer = await connection.BeginBinaryImportAsync(RecordSql.Copy, cancellationToken);
        foreach (var record in records) await WriteAsync(writer, record, cancellationToken);
        await writer.CompleteAsync(cancellationToken);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter writer, ExecutionRecord record, CancellationToken cancellationToken)
    {
        await writer.StartRowAsync(cancellationToken);
        await writer.WriteAsync(record.TenantId, NpgsqlDbType.Uuid, cancellationToken);
        await writer.WriteAsync(record.StartedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz, cancellationToken);
        await writer.WriteAsync(record.ExecutionId, NpgsqlDbType.Uuid, cancellationToken);
        await writer.WriteAsync(record.RequestId, NpgsqlDbType.Uuid, cancellationToken);
        await WriteTextAsync(record.TraceId);
        await WriteTextAsync(record.ExtensionId);
        await writer.WriteAsync(record.InstallId, NpgsqlDbType.Uuid, cancellationToken);
        await writer.WriteAsync(record.VersionId, NpgsqlDbType.Uuid, cancellationToken);
        await WriteTextAsync(record.Version);
        await WriteTextAsync(record.Method);
        await WriteTextAsync(record.Endpoint);
        await WriteTextAsync(record.UserId);
        await writer.WriteAsync((short)record.Status, NpgsqlDbType.Smallint, cancellationToken);
        await WriteTextAsync(record.Code);
        await writer.WriteAsync(record.DurationUs, NpgsqlDbType.Bigint, cancellationToken);
        await writer.WriteAsync(record.QueueUs, NpgsqlDbType.Bigint, cancellationToken);
        await writer.WriteAsync(record.Fuel, NpgsqlDbType.Bigint, cancellationToken);
        await writer.WriteAsync(record.MemoryBytes, NpgsqlDbType.Bigint, cancellationToken);
        await writer.WriteAsync(record.EgressBytes, NpgsqlDbType.Bigint, cancellationToken);
        await WriteTextAsync(record.Logs);

        // PostgreSQL's text has no NUL, and a user's id may.
        Task WriteTextAsync(string? text) => text is null
            ? writer.WriteNullAsync(cancellationToken)
            : writer.WriteAsync(text.Contains('\0') ? text.Replace('\0', '\ufffd') : text, NpgsqlDbType.Text, cancellationToken);
    }
}
