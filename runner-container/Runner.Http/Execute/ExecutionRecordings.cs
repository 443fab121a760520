using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Runner.HostApis;
using Alga.Extensions.Runner.Recordings;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>Records the executions whose request says so. Nothing here fails a request or makes one wait.</summary>
public sealed class ExecutionRecordings(RecordingQueue queue, HostCallsFactory hosts, RecordingMetrics metrics, TimeProvider time, ILogger<ExecutionRecordings> logger)
{
    private const int FirstErrorStatus = 500;

    /// <summary>Begins a recording.</summary>
    internal ExecutionRecorder Begin(InvocationHost host) => new(host, time);

    /// <summary>Ends it: what is wanted goes to the queue, the rest is forgotten.</summary>
    internal void End(
        ExecutionRecorder recorder, ExecutionRun run, GuestCall call, InvocationContext context, InvocationHost host, TimeSpan timeout, Outcome<GuestResponse> outcome)
    {
        var wanted = run.Request.Recording!;
        if (wanted.OnlyErrors && outcome.TryGet(out var response, out _) && response.Status < FirstErrorStatus) return;
        var bytes = recorder.Bytes + SizeOf(run, outcome);
        if (recorder.IsTooLarge || bytes > Recording.MaxBytes || recorder.Fault is not null)
        {
            metrics.Lost();
            Log.NotRecorded(logger, run.ExecutionId, context.InstallId, bytes, recorder.Fault);
            return;
        }

        var (calls, sources) = recorder.ToRecord();
        var recording = new Recording
        {
            ExecutionId = run.ExecutionId,
            StartedAt = run.StartedAt,
            ExtensionId = context.ExtensionId,
            Version = context.Version,
            ContentHash = run.Request.Context.ContentHash,
            TimeoutMs = (int)timeout.TotalMilliseconds,
            MemoryMb = run.Request.Limits.MemoryMb ?? PlatformLimits.DefaultMemoryMb,
            Request = call as GuestRequest,
            Event = call as GuestEvent,
            Sources = sources,
            Calls = calls,
            End = Replayer.ToEnd(outcome),
        };
        queue.Add(new PendingRecording(
            context.TenantId, context.InstallId, recording, bytes, wanted.KeepDays, cancellationToken => hosts.LoadRedactionAsync(context, host, cancellationToken)));
    }

    private static long SizeOf(ExecutionRun run, Outcome<GuestResponse> outcome)
    {
        var asked = (run.Request.Http.Body?.Length ?? 0) + (run.Request.Event?.Payload.Length ?? 0);
        return asked + (outcome.TryGet(out var response, out _) ? (response.Body.Text?.Length ?? 0) + (response.Body.Binary?.Length ?? 0) : 0);
    }
}
