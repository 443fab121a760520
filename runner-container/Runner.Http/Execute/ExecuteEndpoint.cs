using System.Diagnostics;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.HttpEdge;
using Alga.Extensions.LoadReports;
using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Runner.HostApis;
using Alga.Extensions.Runner.Records;
using Alga.Extensions.TrustedIndexes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// <c>POST /v1/execute</c>. Answers 200 with an <see cref="ExecuteResponse"/> once a guest ran, however it ended, and with
/// a problem when none was started. Whatever became of a request that was let in, one record says so before the answer leaves.
/// </summary>
public sealed class ExecuteEndpoint(
    ExecuteGate gate, TrustedIndexCache indexes, GuestComponents components, ExecutionPool pool, HostCallsFactory hosts, RecordQueue records,
    ExecutionRecordings recordings, Readiness readiness, InFlight inFlight, RunnerMetrics metrics, TimeProvider time, ILogger<ExecuteEndpoint> logger)
{
    /// <summary>Largest execute request, in bytes: the largest body in base64, and room for everything else.</summary>
    public const int MaxRequestBytes = (PlatformLimits.MaxTextBodyBytes / 3 * 4) + (512 * 1024);

    private static readonly Refusal Preparing = new(ErrorCode.BundleUnavailable, "The extension is being prepared for its first use. Try again shortly.");
    private static readonly Refusal OtherBundle = new(ErrorCode.SignatureInvalid, "The bundle was signed for another extension or version than the one asked for.");
    private static readonly Refusal Stopping = new(ErrorCode.Overloaded, "The runner is stopping. Try again.");

    public async Task<IResult> HandleAsync(EdgeRequest edge)
    {
        using var counted = inFlight.Enter();
        if (readiness.IsStopping) return Stop(edge);
        if (!(await ReadAsync(edge)).TryGet(out var request, out var refusal)) return Refuse(refusal);
        edge.Http.HttpContext.Response.Headers[WireHeaders.RequestId] = request.Context.RequestId.ToString("D");
        var run = new ExecutionRun(request, time);
        try
        {
            var outcome = await ExecuteAsync(run, edge.Aborted);
            if (outcome.TryGet(out var response, out refusal))
            {
                await records.AddAsync(response.Error is { } error ? run.ToRecord(ErrorTable.Parse(error.Code)) : run.ToRecord(response.Status));
                return new ExecuteResult(response);
            }

            await records.AddAsync(run.ToRecord(refusal.Code));
            return Refuse(refusal);
        }
        catch (OperationCanceledException) when (edge.Aborted.IsCancellationRequested)
        {
            await records.AddAsync(run.ToCancelled());
            throw;
        }
        catch
        {
            await records.AddAsync(run.ToRecord(ErrorCode.Internal));
            throw;
        }
    }

    /// <summary>A refusal when no guest was started.</summary>
    private async Task<Outcome<ExecuteResponse>> ExecuteAsync(ExecutionRun run, CancellationToken aborted)
    {
        var request = run.Request;
        if (!ExecuteMapping.ToBody(request.Http.Body).TryGet(out var body, out var refusal)) return refusal;
        if (!ContentHash.TryParse(request.Context.ContentHash, out var hash)) throw new InvalidOperationException("The gate lets only content hashes through.");
        var budget = new ExecutionBudget(TimeSpan.FromMilliseconds(request.Limits.TimeoutMs ?? PlatformLimits.DefaultTimeoutMs), time);
        // Before anything of it is touched, also what is in memory already: a revocation holds for the very next request.
        if (await indexes.FindFaultAsync(request.Context.ExtensionId, request.Context.Version, hash, aborted) is { } revoked) return revoked;
        if (!(await LoadAsync(hash, request.Limits.Fuel is not null, budget, aborted)).TryGet(out var lease, out refusal)) return refusal;
        using (lease)
        {
            if (lease.Component.Extension != request.Context.ExtensionId || lease.Component.Version != request.Context.Version) return OtherBundle;
            var trace = Activity.Current;
            var outcome = await pool.RunAsync(
                run.Owner,
                (waited, turns) =>
                {
                    run.Waited = waited;
                    using var span = GuestSpan.Start(trace, request);
                    var ended = Run(run, body, lease.Component, budget.ForGuest, turns);
                    span.End(ended);
                    return ended;
                },
                aborted);
            if (!outcome.TryGet(out var answer, out refusal)) return refusal;
            // These two say that no guest was started after all.
            if (!answer.TryGet(out _, out var stopped) && stopped.Code is ErrorCode.Overloaded or ErrorCode.BundleUnavailable) return stopped;
            return ExecuteMapping.ToResponse(answer, run.Usage);
        }
    }

    /// <summary>The load goes on when this request stops waiting for it: the next one finds it further on, or done.</summary>
    private async ValueTask<Outcome<ComponentLease>> LoadAsync(ContentHash hash, bool metered, ExecutionBudget budget, CancellationToken aborted)
    {
        var loading = components.GetAsync(hash, metered, CancellationToken.None);
        metrics.LookedUp(loading.IsCompletedSuccessfully);
        if (loading.IsCompleted) return await loading;
        using var span = GuestSpan.StartLoading();
        using var patience = new CancellationTokenSource(budget.ForLoading, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, aborted);
        try
        {
            return await loading.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!loading.IsCompleted)
        {
            _ = ReturnAsync(loading);
            if (aborted.IsCancellationRequested) throw;
            return Preparing;
        }
    }

    private static async Task ReturnAsync(Task<Outcome<ComponentLease>> loading)
    {
        await ((Task)loading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (loading.IsCompletedSuccessfully && loading.Result.TryGet(out var lease, out _)) lease.Dispose();
    }

    private async ValueTask<Outcome<ExecuteRequest>> ReadAsync(EdgeRequest edge)
    {
        if (!gate.Admit(edge.Http.Headers.Authorization).TryGet(out var claims, out var refusal)) return refusal;
        if (!(await BoundedBody.ReadAsync(edge.Http, MaxRequestBytes, edge.Aborted)).TryGet(out var bytes, out refusal)) return refusal;
        using (bytes)
        {
            return gate.Enter(claims, bytes.Memory.Span);
        }
    }

    /// <summary>On a thread of the pool: the guest's time begins here.</summary>
    private Outcome<GuestResponse> Run(ExecutionRun run, GuestBody body, LoadedComponent component, TimeSpan timeout, IProcessorTurns? turns)
    {
        if (timeout <= TimeSpan.Zero) return ExecutionPool.WaitedTooLong;
        var request = run.Request;
        var context = ExecuteMapping.ToContext(request, run.Captured);
        var deadline = InvocationDeadline.Start(timeout, time);
        var host = hosts.Create(context, deadline);
        var call = ExecuteMapping.ToCall(request, body);
        // The engine bounds each memory by itself: together they have what the extension may have.
        var limits = new InvocationLimits(Math.Max(1, (request.Limits.MemoryMb ?? PlatformLimits.DefaultMemoryMb) / component.Memories), request.Limits.Fuel);
        var recorder = request.Recording is null ? null : recordings.Begin(host);
        var result = Invoker.Invoke(component.Guest, call, limits, deadline, (IHostCalls?)recorder ?? host, recorder?.Sources, turns);
        var duration = deadline.Elapsed;
        run.Usage = new ExecuteUsage { DurationUs = (long)duration.TotalMicroseconds, Fuel = result.Fuel, MemoryBytes = result.MemoryBytes, EgressBytes = host.EgressBytes };
        if (result.Fault is not null) Log.HostCallFailed(logger, context.RequestId, context.TenantId, context.ExtensionId, context.InstallId, result.Fault);
        var failed = result.Outcome.TryGet(out var response, out var refusal) && request.Event is not null && response.Body.Text is not null;
        // Why an event failed is for the extension's admins, so it goes where they read its log, without secrets.
        if (failed) host.Log.Write(GuestLogLevel.Error, response!.Body.Text!, []);
        if (recorder is not null) recordings.End(recorder, run, call, context, host, deadline.Timeout, result.Outcome);
        metrics.Executed(run.Owner, duration, run.Usage, refusal);
        if (refusal is not null) Log.GuestStopped(logger, refusal.Code, context.RequestId, context.TenantId, context.ExtensionId, context.InstallId);
        return failed ? response! with { Body = default } : result.Outcome;
    }

    /// <summary>Whoever calls is sent elsewhere: a connection that stayed open would bring the next call here too.</summary>
    private ProblemResult Stop(EdgeRequest edge)
    {
        edge.Http.HttpContext.Response.Headers.Connection = "close";
        return Refuse(Stopping);
    }

    private ProblemResult Refuse(Refusal refusal)
    {
        metrics.Refused(refusal.Code);
        return new ProblemResult(refusal);
    }
}
