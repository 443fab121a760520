using System.Diagnostics;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Runner.HostApis;
using Alga.Extensions.Runner.Records;

namespace Alga.Extensions.Runner.Http;

/// <summary>One request that was let in, and what becomes known about it on its way to its record.</summary>
internal sealed class ExecutionRun(ExecuteRequest request, TimeProvider time)
{
    private readonly DateTimeOffset startedAt = time.GetUtcNow();

    public ExecuteRequest Request => request;

    public ExecutionOwner Owner { get; } = new(request.Context.TenantId, request.Context.ExtensionId);

    public CapturedLog Captured { get; } = new(time);

    /// <summary>Time it waited for a thread.</summary>
    public TimeSpan Waited { get; set; }

    public ExecuteUsage Usage { get; set; } = new();

    /// <summary>The record of an answer of the guest.</summary>
    public ExecutionRecord ToRecord(int status) => ToRecord(status, null);

    /// <summary>The record of an execution that gave none.</summary>
    public ExecutionRecord ToRecord(ErrorCode code)
    {
        var row = ErrorTable.Describe(code);
        return ToRecord(row.Status, row.Name);
    }

    /// <summary>The record of a request whose caller went away.</summary>
    public ExecutionRecord ToCancelled() => ToRecord(ExecutionRecord.CancelledStatus, ExecutionRecord.Cancelled);

    private ExecutionRecord ToRecord(int status, string? code) => new()
    {
        ExecutionId = Guid.CreateVersion7(startedAt),
        TenantId = request.Context.TenantId,
        StartedAt = startedAt,
        RequestId = request.Context.RequestId,
        TraceId = Activity.Current?.TraceId.ToHexString(),
        ExtensionId = request.Context.ExtensionId,
        InstallId = request.Context.InstallId,
        VersionId = request.Context.VersionId,
        Version = request.Context.Version,
        Method = request.Http.Method,
        Endpoint = request.Http.Endpoint,
        UserId = request.User?.Id,
        Status = status,
        Code = code,
        DurationUs = Usage.DurationUs,
        QueueUs = (long)Waited.TotalMicroseconds,
        Fuel = Usage.Fuel,
        MemoryBytes = Usage.MemoryBytes,
        EgressBytes = Usage.EgressBytes,
        Logs = Captured.ToJson(),
    };
}
