using System.Diagnostics;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Runner.HostApis;
using Alga.Extensions.Runner.Records;

namespace Alga.Extensions.Runner.Http;

/// <summary>One request that was let in, and what becomes known about it on its way to its record.</summary>
internal sealed class ExecutionRun
{
    private static readonly RecentTexts Texts = new();
    private static readonly ExecuteUsage Nothing = new();

    public ExecutionRun(ExecuteRequest request, TimeProvider time)
    {
        Request = request;
        StartedAt = time.GetUtcNow();
        ExecutionId = FrequentId.Create(StartedAt);
        Owner = new(request.Context.TenantId, request.Context.ExtensionId);
        Captured = new(time);
    }

    public ExecuteRequest Request { get; }

    /// <summary>When the request was let in.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>UUIDv7 of that moment; the record and the recording have it.</summary>
    public Guid ExecutionId { get; }

    public ExecutionOwner Owner { get; }

    public CapturedLog Captured { get; }

    /// <summary>Time it waited for a thread.</summary>
    public TimeSpan Waited { get; set; }

    public ExecuteUsage Usage { get; set; } = Nothing;

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
        ExecutionId = ExecutionId,
        TenantId = Request.Context.TenantId,
        StartedAt = StartedAt,
        RequestId = Request.Context.RequestId,
        TraceId = Activity.Current?.TraceId.ToHexString(),
        ExtensionId = Texts.Share(Request.Context.ExtensionId),
        InstallId = Request.Context.InstallId,
        VersionId = Request.Context.VersionId,
        Version = Texts.Share(Request.Context.Version),
        Method = Texts.Share(Request.Http.Method),
        Endpoint = Texts.Share(Request.Http.Endpoint),
        UserId = Request.User is { } user ? Texts.Share(user.Id) : null,
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
