using System.Globalization;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Forward;
using Alga.Extensions.Gateway.Resolve;

namespace Alga.Extensions.Gateway.Events;

/// <summary>Puts together what the runner gets for a delivery: no user, and the event or the endpoint of the schedule.</summary>
internal static class DeliveryRequest
{
    /// <summary>The request, or <c>endpoint_not_found</c> where the version has not got the schedule's endpoint.</summary>
    public static Outcome<ExecuteRequest> Build(Guid requestId, Guid tenantId, ResolvedInstall resolved, Delivery delivery, TimeSpan gatewayTimeout)
    {
        var occurredAt = delivery.OccurredAt.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
        var limits = resolved.Version.Limits;
        var timeoutMs = limits.TimeoutMs ?? PlatformLimits.DefaultTimeoutMs;
        ExecuteHttp http;
        ExecuteEvent? received = null;
        if (delivery.Method is { } method)
        {
            if (resolved.Version.Endpoints.Match(method, delivery.Path!) is not { } match) return NoEndpoint;
            timeoutMs = match.Endpoint.TimeoutMs ?? timeoutMs;
            http = Call(delivery, match.Endpoint.Path.ToString(), occurredAt);
        }
        else
        {
            received = new ExecuteEvent { Id = delivery.EventId, Topic = delivery.Topic, OccurredAt = occurredAt, Attempt = delivery.Attempts, Payload = delivery.Payload };
            http = received.ToHttp();
        }

        var install = resolved.Install;
        return new ExecuteRequest
        {
            Context = new ExecuteContext
            {
                RequestId = requestId,
                TenantId = tenantId,
                ExtensionId = install.ExtensionId,
                InstallId = install.InstallId,
                VersionId = install.VersionId,
                Version = install.Version,
                ContentHash = resolved.ContentHash,
                Config = install.Config,
            },
            Http = http,
            Event = received,
            Limits = new ExecuteLimits { TimeoutMs = Math.Min(timeoutMs, (int)gatewayTimeout.TotalMilliseconds - ExecuteRequestBuilder.HeadStartMs), MemoryMb = limits.MemoryMb },
            Providers = resolved.Providers,
            Egress = resolved.Egress,
            Secrets = resolved.Secrets,
            Recording = install.Recording?.For(requestId),
        };
    }

    private static readonly Refusal NoEndpoint = new(ErrorCode.EndpointNotFound, "The version has not got the endpoint that the schedule calls.");

    /// <summary>The idempotency key is the same at every attempt of a run.</summary>
    private static ExecuteHttp Call(Delivery delivery, string endpoint, string scheduledFor)
    {
        var headers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["idempotency-key"] = [delivery.EventId] };
        var takesBody = delivery.Method is "POST" or "PUT" or "PATCH";
        if (takesBody) headers.Add("content-type", ["application/json"]);
        return new ExecuteHttp
        {
            Method = delivery.Method!,
            Path = delivery.Path!,
            Endpoint = endpoint,
            Headers = headers,
            Body = takesBody ? JsonSerializer.SerializeToUtf8Bytes(new ScheduledCall(delivery.Schedule!, scheduledFor, delivery.Attempts), ScheduledCallJson.Default.ScheduledCall) : null,
        };
    }
}
