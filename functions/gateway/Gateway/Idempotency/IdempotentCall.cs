using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Invoke;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Idempotency;

/// <summary>
/// Executes a request with a key once and repeats its outcome for a day. An outcome is whatever came after a guest may have started: its
/// answer, its end by a limit, or the silence of a runner that had the request. Where surely nothing was executed, the key is free again.
/// </summary>
internal sealed class IdempotentCall(IdempotencyStore store, GatewayOptions options, TimeProvider time, ILogger<IdempotentCall> logger)
{
    /// <summary>Answer header that tells a repetition.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    // Beyond the longest call: whoever still holds a claim then has died.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private static readonly Refusal Running = new(ErrorCode.Conflict, "A request with this Idempotency-Key is being executed now. Repeat it shortly to get its answer.");

    private static readonly Refusal OtherRequest = new(
        ErrorCode.InvalidRequest, "This Idempotency-Key was used for another request. Take a new key for a new request, and repeat a request unchanged.");

    /// <summary>The outcome, and whether it is one from before.</summary>
    public async Task<(Outcome<ExecuteResponse> Outcome, bool IsReplayed)> RunAsync(
        IdempotencyOwner owner, IdempotencyKey key, Func<Task<Outcome<ExecuteResponse>>> execute, CancellationToken aborted)
    {
        var claim = Guid.CreateVersion7(time.GetUtcNow());
        var known = await store.ClaimAsync(owner, key, claim, options.Timeout + Margin, aborted);
        if (ReferenceEquals(known, IdempotencyClaim.Running)) return (Running, false);
        if (ReferenceEquals(known, IdempotencyClaim.OtherRequest)) return (OtherRequest, false);
        if (known.Answer is { } answer) return (Read(answer), true);

        var outcome = await execute();
        // The caller may be gone by now; the outcome is there for when it asks again.
        await KeepAsync(owner, key, claim, outcome);
        return (outcome, false);
    }

    private async Task KeepAsync(IdempotencyOwner owner, IdempotencyKey key, Guid claim, Outcome<ExecuteResponse> outcome)
    {
        try
        {
            if (!outcome.TryGet(out var response, out var refusal) && IsUnstarted(refusal)) await store.AbandonAsync(owner, key, claim, CancellationToken.None);
            else await store.CompleteAsync(owner, key, claim, StatusOf(response, refusal), Write(response, refusal), CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseFaults.IsOutage(exception))
        {
            // The claim goes on until its end, so that a repetition at once does not execute it again.
            Log.OutcomeNotKept(logger, owner.TenantId, exception);
        }
    }

    private static bool IsUnstarted(Refusal refusal) =>
        refusal.Code is ErrorCode.Overloaded or ErrorCode.BundleUnavailable or ErrorCode.VersionRevoked or ErrorCode.SignatureInvalid
        || ReferenceEquals(refusal, RunnerClient.NotReached);

    private static int StatusOf(ExecuteResponse? response, Refusal? refusal) => response?.Status ?? ErrorTable.Describe(refusal!.Code).Status;

    private static byte[] Write(ExecuteResponse? response, Refusal? refusal) => JsonSerializer.SerializeToUtf8Bytes(
        response ?? new ExecuteResponse
        {
            Status = StatusOf(null, refusal),
            Error = new ExecuteError(ErrorTable.Describe(refusal!.Code).Name, refusal.Message),
            Usage = new ExecuteUsage(),
        },
        ExecutionJson.Default.ExecuteResponse);

    private static Outcome<ExecuteResponse> Read(byte[] answer)
    {
        var response = JsonSerializer.Deserialize(answer, ExecutionJson.Default.ExecuteResponse) ?? throw new InvalidDataException("A stored answer is empty.");
        return response.Error is { } error ? new Refusal(ErrorTable.Parse(error.Code), error.Message) : response;
    }
}
