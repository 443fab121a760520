using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.HttpEdge;
using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Runner.HostApis;
using Alga.Extensions.TrustedIndexes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// <c>POST /v1/execute</c>. Answers 200 with an <see cref="ExecuteResponse"/> once a guest ran, however it ended, and with
/// a problem when none was started.
/// </summary>
public sealed class ExecuteEndpoint(
    ExecuteGate gate, TrustedIndexCache indexes, ComponentCache components, ExecutionPool pool, HostCallsFactory hosts, RunnerMetrics metrics, TimeProvider time, ILogger<ExecuteEndpoint> logger)
{
    /// <summary>Largest execute request, in bytes: the largest body in base64, and room for everything else.</summary>
    public const int MaxRequestBytes = (PlatformLimits.MaxTextBodyBytes / 3 * 4) + (512 * 1024);

    private static readonly Refusal Preparing = new(ErrorCode.BundleUnavailable, "The extension is being prepared for its first use. Try again shortly.");
    private static readonly Refusal WaitedTooLong = new(ErrorCode.Overloaded, "The request spent all its time waiting for a free thread. Try again shortly.");

    public async Task<IResult> HandleAsync(EdgeRequest edge)
    {
        if (!(await ReadAsync(edge)).TryGet(out var request, out var refusal)) return new ProblemResult(refusal);
        edge.Http.HttpContext.Response.Headers[WireHeaders.RequestId] = request.Context.RequestId.ToString("D");
        if (!ExecuteMapping.ToBody(request.Http.Body).TryGet(out var body, out refusal)) return new ProblemResult(refusal);
        if (!ContentHash.TryParse(request.Context.ContentHash, out var hash)) throw new InvalidOperationException("The gate lets only content hashes through.");
        var budget = new ExecutionBudget(TimeSpan.FromMilliseconds(request.Limits.TimeoutMs ?? PlatformLimits.DefaultTimeoutMs), time);
        // Before anything of it is touched, also what is in memory already: a revocation holds for the very next request.
        if (await indexes.FindFaultAsync(request.Context.ExtensionId, request.Context.Version, hash, edge.Aborted) is { } revoked) return new ProblemResult(revoked);
        if (!(await LoadAsync(hash, budget, edge.Aborted)).TryGet(out var lease, out refusal)) return new ProblemResult(refusal);
        using (lease)
        {
            if (lease.Component.Extension != request.Context.ExtensionId || lease.Component.Version != request.Context.Version)
            {
                return new ProblemResult(new Refusal(ErrorCode.SignatureInvalid, "The bundle was signed for another extension or version than the one asked for."));
            }

            var outcome = await pool.RunAsync(() => Run(request, body, lease.Component.Guest, budget.ForGuest));
            if (!outcome.TryGet(out var run, out refusal)) return new ProblemResult(refusal);
            if (!run.Outcome.TryGet(out _, out var stopped) && stopped.Code is ErrorCode.Overloaded or ErrorCode.BundleUnavailable) return new ProblemResult(stopped);
            return Results.Json(ExecuteMapping.ToResponse(run.Outcome, run.Duration), ExecutionJson.Default.ExecuteResponse);
        }
    }

    /// <summary>The load goes on when this request stops waiting for it: the next one finds it further on, or done.</summary>
    private async Task<Outcome<ComponentLease>> LoadAsync(ContentHash hash, ExecutionBudget budget, CancellationToken aborted)
    {
        using var patience = new CancellationTokenSource(budget.ForLoading, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, aborted);
        try
        {
            return await components.GetAsync(hash, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            return Preparing;
        }
    }

    private async Task<Outcome<ExecuteRequest>> ReadAsync(EdgeRequest edge)
    {
        if (!(await BoundedBody.ReadAsync(edge.Http, MaxRequestBytes, edge.Aborted)).TryGet(out var bytes, out var refusal)) return refusal;
        using (bytes)
        {
            return gate.Enter(edge.Http.Headers.Authorization, bytes.Memory.Span);
        }
    }

    /// <summary>On a thread of the pool: the guest's time begins here.</summary>
    private (Outcome<GuestResponse> Outcome, TimeSpan Duration) Run(ExecuteRequest request, GuestBody body, GuestComponent guest, TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero) return (WaitedTooLong, TimeSpan.Zero);
        var context = ExecuteMapping.ToContext(request);
        var deadline = InvocationDeadline.Start(timeout, time);
        var outcome = Invoker.Invoke(
            guest,
            ExecuteMapping.ToRequest(request.Http, body),
            request.Limits.MemoryMb ?? PlatformLimits.DefaultMemoryMb,
            deadline,
            hosts.Create(context, deadline),
            out var fault);
        var duration = deadline.Elapsed;
        if (fault is not null) Log.HostCallFailed(logger, context.RequestId, context.TenantId, context.ExtensionId, context.InstallId, fault);
        outcome.TryGet(out _, out var refusal);
        metrics.Executed(duration, refusal);
        if (refusal is not null) Log.GuestStopped(logger, refusal.Code, context.RequestId, context.TenantId, context.ExtensionId, context.InstallId);
        return (outcome, duration);
    }
}
