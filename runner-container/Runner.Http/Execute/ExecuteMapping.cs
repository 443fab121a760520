using System.Collections.Frozen;
using System.Text;
using System.Text.Unicode;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Runner.HostApis;

namespace Alga.Extensions.Runner.Http;

/// <summary>Between the wire's records and the sandbox's.</summary>
internal static class ExecuteMapping
{
    /// <summary>Text where the bytes are UTF-8, since that crosses in one copy; otherwise bytes, up to their lower cap.</summary>
    public static Outcome<GuestBody> ToBody(byte[]? body)
    {
        if (body is not { Length: > 0 }) return default(GuestBody);
        if (body.Length > PlatformLimits.MaxTextBodyBytes) return new Refusal(ErrorCode.BodyTooLarge, $"A body has at most {PlatformLimits.MaxTextBodyBytes} bytes.");
        if (Utf8.IsValid(body)) return GuestBody.OfText(Encoding.UTF8.GetString(body));
        return body.Length <= PlatformLimits.MaxBinaryBodyBytes
            ? GuestBody.OfBinary(body)
            : new Refusal(ErrorCode.BodyTooLarge, $"A body that is not UTF-8 text has at most {PlatformLimits.MaxBinaryBodyBytes} bytes.");
    }

    public static GuestCall ToCall(ExecuteRequest request, GuestBody body) => request.Event is { } received
        ? new GuestEvent { Id = received.Id, Topic = received.Topic, OccurredAt = received.OccurredAt, Attempt = (uint)received.Attempt, Payload = received.Payload }
        : ToRequest(request.Http, body);

    private static GuestRequest ToRequest(ExecuteHttp http, GuestBody body) => new()
    {
        Method = http.Method,
        Path = http.Path,
        Endpoint = http.Endpoint,
        Params = [.. http.Params],
        Query = Flatten(http.Query),
        Headers = Flatten(http.Headers),
        Body = body,
    };

    public static InvocationContext ToContext(ExecuteRequest request, CapturedLog captured) => new()
    {
        RequestId = request.Context.RequestId,
        TenantId = request.Context.TenantId,
        ExtensionId = request.Context.ExtensionId,
        InstallId = request.Context.InstallId,
        Version = request.Context.Version,
        Config = ConfigPairs.From(request.Context.Config),
        User = request.User is { } user ? new UserInfo(user.Id, user.Email, user.Name, user.Roles) : null,
        Capabilities = request.Providers.Count == 0 ? FrozenSet<string>.Empty : request.Providers.Select(provider => provider[Capability.ProviderPrefix.Length..]).ToHashSet(StringComparer.Ordinal),
        Captured = captured,
        Egress = request.Egress,
        Secrets = request.Secrets.Count == 0 ? [] : [.. request.Secrets.Select(secret => new SecretGrant(secret.Name, secret.MaxAgeDays is { } days ? TimeSpan.FromDays(days) : null))],
    };

    public static ExecuteResponse ToResponse(Outcome<GuestResponse> outcome, ExecuteUsage usage)
    {
        if (!outcome.TryGet(out var response, out var refusal))
        {
            var description = ErrorTable.Describe(refusal.Code);
            return new ExecuteResponse { Status = description.Status, Error = new ExecuteError(description.Name, refusal.Message), Usage = usage };
        }

        return new ExecuteResponse
        {
            Status = response.Status,
            Headers = Gather(response.Headers),
            Body = response.Body.Text is { } text ? Encoding.UTF8.GetBytes(text) : response.Body.Binary,
            Usage = usage,
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> Gather(IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        var map = new Dictionary<string, IReadOnlyList<string>>(pairs.Count, StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            if (!map.TryAdd(name, [value])) map[name] = [.. map[name], value];
        }

        return map;
    }

    private static List<KeyValuePair<string, string>> Flatten(IReadOnlyDictionary<string, IReadOnlyList<string>> map)
    {
        var pairs = new List<KeyValuePair<string, string>>(map.Count);
        foreach (var (name, values) in map)
        {
            foreach (var value in values) pairs.Add(new(name, value));
        }

        return pairs;
    }
}
