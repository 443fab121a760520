using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>Takes secrets out of a piece of a recording.</summary>
internal static class Redaction
{
    /// <summary>The same piece with each of its texts taken through <paramref name="redact"/>; bytes of a body count as text. Names of members are the format's own and stay.</summary>
    public static JsonNode? Of(JsonNode? node, Func<string, string> redact) => node switch
    {
        JsonObject body when body.Count == 1 && body[GuestBodyConverter.Binary] is JsonValue binary => new JsonObject { [GuestBodyConverter.Binary] = OfBinary(binary, redact) },
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Of(member.Value, redact)))),
        JsonArray items => new JsonArray([.. items.Select(item => Of(item, redact))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(redact(value.GetValue<string>())),
        _ => node?.DeepClone(),
    };

    // Latin-1 gives each byte a character and back. A secret beyond ASCII looks different in it, so both readings are tried.
    private static string OfBinary(JsonValue binary, Func<string, string> redact)
    {
        var bytes = Convert.FromBase64String(binary.GetValue<string>());
        var text = Encoding.Latin1.GetString(bytes);
        var redacted = redact(text);
        if (redacted != text) bytes = Encoding.Latin1.GetBytes(redacted);
        var utf8 = Encoding.UTF8.GetString(bytes);
        redacted = redact(utf8);
        return Convert.ToBase64String(redacted == utf8 ? bytes : Encoding.UTF8.GetBytes(redacted));
    }
}
