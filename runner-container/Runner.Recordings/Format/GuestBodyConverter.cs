using System.Text.Json;
using System.Text.Json.Serialization;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>A body as <c>{}</c>, <c>{"text": "..."}</c> or <c>{"binary": "base64"}</c>.</summary>
internal sealed class GuestBodyConverter : JsonConverter<GuestBody>
{
    public const string Binary = "binary";
    private const string Text = "text";

    public override GuestBody Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var body = JsonDocument.ParseValue(ref reader);
        if (body.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("A body is an object.");
        if (body.RootElement.TryGetProperty(Text, out var text)) return GuestBody.OfText(text.GetString() ?? throw new JsonException("A body's text is a string."));
        if (!body.RootElement.TryGetProperty(Binary, out var binary)) return default;
        return binary.TryGetBytesFromBase64(out var bytes) ? GuestBody.OfBinary(bytes) : throw new JsonException("A binary body is base64.");
    }

    public override void Write(Utf8JsonWriter writer, GuestBody value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Text is not null) writer.WriteString(Text, value.Text);
        else if (value.Binary is not null) writer.WriteBase64String(Binary, value.Binary);
        writer.WriteEndObject();
    }
}
