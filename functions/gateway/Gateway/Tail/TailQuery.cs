using Alga.Extensions.Database;
using Dapper;

namespace Alga.Extensions.Gateway.Tail;

/// <summary>An execution's record.</summary>
/// <param name="ExecutionId">Its id.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
/// <param name="Json">The record with its log as the registry shows it, in one line.</param>
internal sealed record WrittenExecution(Guid ExecutionId, DateTime StartedAt, string Json);

/// <summary>Reads execution records of one extension, the earliest first. They were redacted when they were written.</summary>
internal sealed class TailQuery(TenantDatabase database)
{
    /// <summary>Most records of one look.</summary>
    public const int MaxLook = 200;

    // A line feed between two values of the log would end an event's line; inside a text JSON has none.
    private const string Columns =
        """
        execution_id as ExecutionId, started_at as StartedAt,
        translate(json_build_object(
          'executionId', execution_id, 'startedAt', to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'requestId', request_id,
          'traceId', trace_id, 'installId', install_id, 'version', version, 'versionId', version_id, 'method', method, 'endpoint', endpoint,
          'userId', user_id, 'status', status, 'code', code, 'durationUs', duration_us, 'queueUs', queue_us, 'fuel', fuel,
          'memoryBytes', memory_bytes, 'egressBytes', egress_bytes, 'hasLogs', logs is not null, 'logs', coalesce(logs, '[]'::json))::text, E'\r\n', '  ') as Json
        """;

    /// <summary>The executions of a notice.</summary>
    public Task<IReadOnlyList<WrittenExecution>> ReadAsync(WrittenNotice notice, CancellationToken cancellationToken) => QueryAsync(
        notice.TenantId,
        $"""
        select {Columns} from extension_execution_log
        where tenant_id = @TenantId and extension_id = @ExtensionId and started_at between @From and @To and execution_id = any (@ids)
        order by started_at, execution_id
        """,
        new { notice.TenantId, notice.ExtensionId, notice.From, notice.To, ids = notice.Ids.ToArray() },
        cancellationToken);

    /// <summary>The latest executions that began at a time or after it, <see cref="MaxLook"/> at most.</summary>
    public Task<IReadOnlyList<WrittenExecution>> ReadSinceAsync(Guid tenantId, string extensionId, DateTime since, CancellationToken cancellationToken) => QueryAsync(
        tenantId,
        $"""
        select * from (
          select {Columns} from extension_execution_log
          where tenant_id = @tenantId and extension_id = @extensionId and started_at >= @since
          order by started_at desc, execution_id desc limit {MaxLook}
        ) as latest
        order by StartedAt, ExecutionId
        """,
        new { tenantId, extensionId, since },
        cancellationToken);

    private Task<IReadOnlyList<WrittenExecution>> QueryAsync(Guid tenantId, string sql, object parameters, CancellationToken cancellationToken) =>
        database.InTenantAsync<IReadOnlyList<WrittenExecution>>(
            tenantId,
            async (connection, transaction) => (await connection.QueryAsync<WrittenExecution>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken))).AsList(),
            cancellationToken);
}
