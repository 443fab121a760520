using System.Collections.Frozen;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;

namespace Alga.Extensions.Gateway.Invoke;

/// <summary>Reads what the runner says. Only codes that tell the caller something about the extension pass.</summary>
internal static class RunnerAnswer
{
    /// <summary>
    /// The others are about the exchange of gateway and runner (a token that is refused, a request that is malformed),
    /// which the caller can neither cause nor mend: they become <see cref="NotTrusted"/> or <see cref="ErrorCode.Internal"/>.
    /// </summary>
    private static readonly FrozenSet<ErrorCode> Passing = FrozenSet.ToFrozenSet(
    [
        ErrorCode.CapabilityDenied,
        ErrorCode.BodyTooLarge,
        ErrorCode.RateLimited,
        ErrorCode.QuotaExceeded,
        ErrorCode.Overloaded,
        ErrorCode.Timeout,
        ErrorCode.MemoryLimit,
        ErrorCode.FuelExhausted,
        ErrorCode.GuestTrap,
        ErrorCode.InvalidResponse,
        ErrorCode.BundleUnavailable,
        ErrorCode.SignatureInvalid,
        ErrorCode.VersionRevoked,
    ]);

    /// <summary>
    /// The runner does not take this gateway's tokens: their clocks are too far apart, or one has a new key already. Another gateway or
    /// runner may do better.
    /// </summary>
    internal static readonly Refusal NotTrusted = new(
        ErrorCode.RunnerUnavailable, "The extension runner does not take this gateway's requests at the moment; try again, and if it stays, report the request id.");

    private static readonly Refusal Internal = new(ErrorCode.Internal, "Try again later; if it stays, report the request id.");

    /// <summary>An answer with status 200: the guest ran.</summary>
    public static Outcome<ExecuteResponse> FromExecution(ReadOnlySpan<byte> json)
    {
        try
        {
            var response = JsonSerializer.Deserialize(json, ExecutionJson.Default.ExecuteResponse);
            if (response is null) return Internal;
            return response.Error is { } error ? Pass(ErrorTable.Parse(error.Code), error.Message) : response;
        }
        catch (JsonException)
        {
            return Internal;
        }
    }

    /// <summary>Any other answer: no guest ran.</summary>
    public static Refusal FromProblem(int status, string? mediaType, ReadOnlySpan<byte> json)
    {
        if (mediaType == "application/problem+json" && ReadProblem(json) is { } problem)
        {
            var code = ErrorTable.Parse(problem.Code);
            return code == ErrorCode.Unauthenticated ? NotTrusted : Pass(code, problem.Detail);
        }

        // No problem of ours: a proxy in between has no runner to give the request to.
        return status is 502 or 503 or 504
            ? new Refusal(ErrorCode.RunnerUnavailable, "The extension runner cannot be reached; try again.")
            : Internal;
    }

    private static ProblemBody? ReadProblem(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ProblemJson.Default.ProblemBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Refusal Pass(ErrorCode code, string message) => Passing.Contains(code) ? new Refusal(code, message) : Internal;
}
