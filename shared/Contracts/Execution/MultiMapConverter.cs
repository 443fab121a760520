using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alga.Extensions.Contracts.Execution;

/// <summary>Query parameters and headers on the wire: a single value is a string, a repeated one an array of strings.</summary>
public sealed class MultiMapConverter : JsonConverter<IReadOnlyDictionary<string, IReadOnlyList<string>>>
{
    public override IReadOnlyDictionary<string, IReadOnlyList<string>> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    /// <summary>Reads the object that the reader is at; each name may be there once.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(ref Utf8JsonReader reader) =>
        JsonValues.Map(ref reader, Values) ?? (IReadOnlyDictionary<string, IReadOnlyList<string>>)ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;

    public override void Write(
        Utf8JsonWriter writer, IReadOnlyDictionary<string, IReadOnlyList<string>> value, JsonSerializerOptions options) => Write(writer, value);

    /// <summary>Writes the object.</summary>
    internal static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, IReadOnlyList<string>> value)
    {
        writer.WriteStartObject();
        foreach (var (name, values) in value)
        {
            writer.WritePropertyName(name);
            if (values.Count == 1)
            {
                writer.WriteStringValue(values[0]);
                continue;
            }

            writer.WriteStartArray();
            foreach (var item in values) writer.WriteStringValue(item);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static IReadOnlyList<string> Values(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? [reader.GetString()!] : JsonValues.Texts(ref reader) ?? [];
}
