using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Gateway.Events;

/// <summary>What a host application's event has to be.</summary>
internal static partial class EventRules
{
    /// <summary>Largest payload, in bytes of JSON.</summary>
    public const int MaxPayloadBytes = 256 * 1024;

    /// <summary>Largest body of a request: the payload and room for the rest.</summary>
    public const int MaxBodyBytes = MaxPayloadBytes + (8 * 1024);

    /// <summary>Ids of runs of schedules start so; no host application's event may.</summary>
    public const string SchedulePrefix = "schedule:";

    /// <summary>The request, or <c>invalid_request</c> or <c>body_too_large</c>.</summary>
    public static Outcome<HostEventRequest> Read(ReadOnlySpan<byte> json)
    {
        HostEventRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(json, HostEventJson.Default.HostEventRequest);
        }
        catch (JsonException)
        {
            request = null;
        }

        if (request is null) return Invalid("The body is a JSON object with topic and payload, and id, key and occurredAt if you like; nothing else, and nothing twice.");
        if (request.Topic.Length > 128 || !Topic().IsMatch(request.Topic)) return Invalid("topic is words of letters, digits, '_' or '-' joined by dots, such as ticket.created, with at most 128 characters.");
        if (request.Id is { } id && (!Id().IsMatch(id) || id.StartsWith(SchedulePrefix, StringComparison.Ordinal)))
            return Invalid($"id is 1 to 128 letters, digits or one of . _ : / + = -, and does not start with '{SchedulePrefix}'.");
        if (request.Key is { } key && (key.Length is 0 or > 128 || key.Any(char.IsControl) || !IsText(key))) return Invalid("key is 1 to 128 characters, none of them a control character.");
        if (Encoding.UTF8.GetByteCount(request.Payload.GetRawText()) > MaxPayloadBytes) return new Refusal(ErrorCode.BodyTooLarge, $"payload has at most {MaxPayloadBytes} bytes; send a reference to what is larger.");
        return JsonTexts.HasHalfPair(request.Payload) ? Invalid("payload has a text with half of a surrogate pair.") : request;
    }

    private static Refusal Invalid(string message) => new(ErrorCode.InvalidRequest, message);

    private static bool IsText(string text) => !text.Any(char.IsSurrogate) || Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Topic();

    [GeneratedRegex(@"\A[A-Za-z0-9._:/+=-]{1,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
