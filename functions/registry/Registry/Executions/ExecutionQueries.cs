using System.Buffers.Binary;
using System.Data;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Install;
using Alga.Extensions.Registry.Paging;
using Dapper;

namespace Alga.Extensions.Registry.Executions;

/// <summary>Reads a tenant's execution log.</summary>
public sealed class ExecutionQueries(TenantDatabase database)
{
    private const string Columns =
        """
        execution_id as ExecutionId, started_at as StartedAt, request_id as RequestId, trace_id as TraceId, install_id as InstallId,
        version as Version, version_id as VersionId, method as Method, endpoint as Endpoint, user_id as UserId, status as Status,
        code as Code, duration_us as DurationUs, queue_us as QueueUs, fuel as Fuel, memory_bytes as MemoryBytes,
        egress_bytes as EgressBytes, logs is not null as HasLogs,
        exists (select from execution_recording r where r.tenant_id = current_tenant() and r.execution_id = extension_execution_log.execution_id
          and r.expires_at > now()) as HasRecording
        """;

    /// <summary>A page of executions, the newest first, or <c>extension_not_installed</c>.</summary>
    public Task<Outcome<Page<ExecutionView>>> ListAsync(Guid tenantId, string name, ExecutionFilter filter, CancellationToken cancellationToken) =>
        database.TryInTenantAsync<Page<ExecutionView>>(
            tenantId,
            async (connection, transaction) =>
            {
                if (!await InstalledExtension.IsInstalledAsync(transaction, name, cancellationToken).ConfigureAwait(false)) return Installer.NotInstalled(name);
                var rows = (await connection.QueryAsync<ExecutionView>(new CommandDefinition(
                    $"""
                    select {Columns} from extension_execution_log
                    where tenant_id = current_tenant() and extension_id = @name and started_at >= @From
                      and (@To is null or started_at < @To)
                      and (@afterAt is null or (started_at, execution_id) < (@afterAt, @afterId))
                      and status between @MinStatus and @MaxStatus
                      and (@Code is null or code = @Code) and (@Endpoint is null or endpoint = @Endpoint) and (@User is null or user_id = @User)
                    order by started_at desc, execution_id desc
                    limit @take
                    """,
                    Parameters(name, filter),
                    transaction,
                    cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList();
                if (rows.Count <= filter.Limit) return new Page<ExecutionView>(rows, null);
                var last = rows[filter.Limit - 1];
                return new Page<ExecutionView>(rows[..filter.Limit], new ExecutionCursor(last.StartedAt, last.ExecutionId).ToString());
            },
            cancellationToken);

    /// <summary>One execution with its log, or <c>extension_not_installed</c> or <c>not_found</c>.</summary>
    public Task<Outcome<ExecutionDetails>> FindAsync(Guid tenantId, string name, Guid executionId, CancellationToken cancellationToken) =>
        database.TryInTenantAsync<ExecutionDetails>(
            tenantId,
            async (connection, transaction) =>
            {
                if (!await InstalledExtension.IsInstalledAsync(transaction, name, cancellationToken).ConfigureAwait(false)) return Installer.NotInstalled(name);
                // An id says when it was made, which is when the execution started: that finds its day.
                var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
                    $"""
                    select {Columns}, coalesce(logs, '[]') as Logs from extension_execution_log
                    where tenant_id = current_tenant() and extension_id = @name and execution_id = @executionId
                      and started_at >= @madeAt - interval '1 second' and started_at < @madeAt + interval '1 second'
                    """,
                    new { name, executionId, madeAt = MadeAt(executionId) },
                    transaction,
                    cancellationToken: cancellationToken)).ConfigureAwait(false);
                return row is null ? NoExecution : row.ToDetails();
            },
            cancellationToken);

    private static readonly Refusal NoExecution = new(ErrorCode.NotFound, "There is no such execution; it may be older than the log is kept.");

    private static DynamicParameters Parameters(string name, ExecutionFilter filter)
    {
        var parameters = new DynamicParameters(new { name, filter.From, filter.MinStatus, filter.MaxStatus, take = filter.Limit + 1 });
        // Typed, because a null says nothing about its type.
        parameters.Add("To", filter.To, DbType.DateTime);
        parameters.Add("afterAt", filter.After?.StartedAt, DbType.DateTime);
        parameters.Add("afterId", filter.After?.ExecutionId, DbType.Guid);
        parameters.Add("Code", filter.Code, DbType.String);
        parameters.Add("Endpoint", filter.Endpoint, DbType.String);
        parameters.Add("User", filter.User, DbType.String);
        return parameters;
    }

    /// <summary>The first 48 bits of a UUIDv7 are milliseconds since 1970 (RFC 9562).</summary>
    private static DateTime MadeAt(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
        return milliseconds <= MaxMilliseconds ? DateTime.UnixEpoch.AddMilliseconds(milliseconds) : DateTime.UnixEpoch;
    }

    private const long MaxMilliseconds = 4_102_444_800_000; // 2100-01-01

    private sealed record Row : ExecutionView
    {
        public required string Logs { get; init; }

        public ExecutionDetails ToDetails() => new()
        {
            ExecutionId = ExecutionId,
            StartedAt = StartedAt,
            RequestId = RequestId,
            TraceId = TraceId,
            InstallId = InstallId,
            Version = Version,
            VersionId = VersionId,
            Method = Method,
            Endpoint = Endpoint,
            UserId = UserId,
            Status = Status,
            Code = Code,
            DurationUs = DurationUs,
            QueueUs = QueueUs,
            Fuel = Fuel,
            MemoryBytes = MemoryBytes,
            EgressBytes = EgressBytes,
            HasLogs = HasLogs,
            HasRecording = HasRecording,
            Logs = JsonElement.Parse(Logs),
        };
    }
}
