using System.Text.Json;

namespace Alga.Extensions.Contracts;

/// <summary>The value that a reader is at, as the serializer would read it: null, or a value of another kind, is a <see cref="JsonException"/>.</summary>
public static class JsonValues
{
    /// <summary>Reads a document whose one value is read by a function, and nothing after it.</summary>
    /// <exception cref="JsonException">It is anything else, also text that is not UTF-8.</exception>
    public static T Document<T>(ReadOnlySpan<byte> json, JsonValueReader<T> read)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            var value = read(ref reader);
            return reader.Read() ? throw new JsonException("There is something after the value.") : value;
        }
        catch (InvalidOperationException exception)
        {
            // What the reader throws for text that is no text.
            throw new JsonException("A text is not Unicode.", exception);
        }
    }

    /// <summary>A text.</summary>
    public static string Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Unexpected();

    /// <summary>A UUID in its form with hyphens.</summary>
    public static Guid Guid(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var value) ? value : throw Unexpected();

    /// <summary>A whole number of 64 bits.</summary>
    public static long Int64(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : throw Unexpected();

    /// <summary>A whole number of 32 bits, or null.</summary>
    public static int? OptionalInt32(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) ? value : throw Unexpected();
    }

    /// <summary>A whole number of 64 bits, or null.</summary>
    public static long? OptionalInt64(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : Int64(ref reader);

    /// <summary>Bytes in base64, or null.</summary>
    public static byte[]? OptionalBytes(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        return reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var value) ? value : throw Unexpected();
    }

    /// <summary>An array of texts, none of which is null; null for an empty one.</summary>
    public static List<string>? Texts(ref Utf8JsonReader reader) => Items(ref reader, Text);

    /// <summary>An array of values that a function reads; null for an empty one.</summary>
    public static List<T>? Items<T>(ref Utf8JsonReader reader, JsonValueReader<T> read)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw Unexpected();
        List<T>? items = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) (items ??= []).Add(read(ref reader));
        return items;
    }

    /// <summary>An object of any names, each there once, whose values a function reads; null for an empty one.</summary>
    public static Dictionary<string, T>? Map<T>(ref Utf8JsonReader reader, JsonValueReader<T> read)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw Unexpected();
        Dictionary<string, T>? map = null;
        while (JsonMembers.Next(ref reader))
        {
            var name = reader.GetString()!;
            reader.Read();
            if (!(map ??= new(StringComparer.Ordinal)).TryAdd(name, read(ref reader))) throw new JsonException("A member is there twice.");
        }

        return map;
    }

    private static JsonException Unexpected() => new("A value is of another type.");
}

/// <summary>Reads the value that a reader is at, and leaves it at its last token.</summary>
public delegate T JsonValueReader<out T>(ref Utf8JsonReader reader);
