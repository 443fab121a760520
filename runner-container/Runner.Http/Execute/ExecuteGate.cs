using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.ServiceTokens;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Lets an execute request in: its service token verifies over the exact bytes of the body, body and token agree, the token
/// was not used before, and everything is within limits. Who the tenant is and what is granted, the token alone says.
/// </summary>
public sealed class ExecuteGate(PlatformKeys keys, ReplayGuard replays)
{
    private const string Scheme = "Bearer ";

    private static readonly Refusal Starting = new(ErrorCode.Overloaded, "The runner is starting. Try again shortly.");

    /// <summary>Gives what a service token says, or <c>unauthenticated</c> or <c>overloaded</c>; before the body is read, so that a stranger cannot make it be kept.</summary>
    public Outcome<ServiceTokenClaims> Admit(string? authorization)
    {
        if (keys.Tokens is not { } tokens) return Starting;
        var token = authorization.AsSpan();
        token = token.StartsWith(Scheme, StringComparison.Ordinal) ? token[Scheme.Length..] : default;
        return tokens.Verify(token);
    }

    /// <summary>Gives the request, or <c>unauthenticated</c>, <c>forbidden</c>, <c>invalid_request</c> or <c>overloaded</c>.</summary>
    public Outcome<ExecuteRequest> Enter(ServiceTokenClaims claims, ReadOnlySpan<byte> body)
    {
        if (keys.Tokens is not { } tokens) return Starting;
        if (tokens.FindFault(claims, body) is { } fault) return fault;
        if (Parse(body) is not { } request) return new Refusal(ErrorCode.InvalidRequest, "The body is not an execute request as documented: unknown, missing or repeated members, or values of another type.");
        if (ServiceTokenAgreement.Check(claims, request) is { } disagreement) return disagreement;
        if (FindFault(request) is { } wrong) return new Refusal(ErrorCode.InvalidRequest, wrong);
        return replays.Use(claims) switch
        {
            TokenUse.First => request,
            TokenUse.Repeated => new Refusal(ErrorCode.Unauthenticated, "The service token was used before; each is good for one request."),
            _ => new Refusal(ErrorCode.Overloaded, "The runner remembers as many service tokens as it can. Try again shortly."),
        };
    }

    private static ExecuteRequest? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return ExecuteRequestReader.Read(body);
        }
        catch (JsonException)
        {
            // What is wrong with it is between the gateway and its tests; the bytes are not repeated anywhere.
            return null;
        }
    }

    private static string? FindFault(ExecuteRequest request)
    {
        var limits = request.Limits;
        // The SDK rehearses with none while a component is built, and answers such a request itself.
        if (request.Http.Method.Length == 0) return "http.method is empty; it is the method of the request, such as GET.";
        if (limits.TimeoutMs is < 1 or > PlatformLimits.MaxTimeoutMs) return $"limits.timeout_ms is 1 to {PlatformLimits.MaxTimeoutMs}; leave it out for {PlatformLimits.DefaultTimeoutMs}.";
        if (limits.MemoryMb is < 1 or > PlatformLimits.MaxMemoryMb) return $"limits.memory_mb is 1 to {PlatformLimits.MaxMemoryMb}; leave it out for {PlatformLimits.DefaultMemoryMb}.";
        if (limits.Fuel is < 1) return "limits.fuel is at least 1; leave it out for no limit.";
        if (request.Recording is { KeepDays: < 1 or > ExecuteRecording.MaxKeepDays }) return $"recording.keep_days is 1 to {ExecuteRecording.MaxKeepDays}.";
        if (FindEventFault(request) is { } eventFault) return eventFault;
        if (!ContentHash.TryParse(request.Context.ContentHash, out _)) return "context.content_hash is sha256: and 64 lower-case hex digits.";
        foreach (var provider in request.Providers)
        {
            if (!Capability.All.Contains(provider[Capability.ProviderPrefix.Length..])) return "providers names a capability that this runner does not know.";
        }

        return null;
    }

    /// <summary>The token names method and path; so they have to be those of the event.</summary>
    private static string? FindEventFault(ExecuteRequest request)
    {
        var http = request.Http;
        if (request.Event is not { } received) return http.Method == ExecuteEvent.Method ? $"http.method {ExecuteEvent.Method} is for a request with an event." : null;
        if (received.Attempt < 1) return "event.attempt is at least 1.";
        var expected = received.ToHttp();
        var agrees = http.Method == expected.Method && http.Path == expected.Path && http.Endpoint == expected.Endpoint
            && http.Params.Count == 0 && http.Query.Count == 0 && http.Headers.Count == 0 && http.Body is null;
        return agrees ? null : $"http of a request with an event is its method {ExecuteEvent.Method}, the topic as path and endpoint, and nothing else.";
    }
}
