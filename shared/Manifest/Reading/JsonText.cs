using System.Text.Json;
using System.Text.Unicode;

namespace Alga.Extensions.Manifest.Reading;

/// <summary>Checks that bytes are strict JSON, so that what follows can read every string of it without failing.</summary>
internal static class JsonText
{
    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 32;

    /// <summary>Parses into a document; null with a fault when the bytes are not strict JSON.</summary>
    public static JsonDocument? Parse(ReadOnlySpan<byte> json, out string fault)
    {
        fault = "";
        if (!Utf8.IsValid(json)) fault = "the file is not valid UTF-8; save it as UTF-8";
        else if (json.StartsWith("\uFEFF"u8)) fault = "the file starts with a byte order mark; save it without one";
        else fault = FindUnreadableString(json) ?? "";
        if (fault.Length > 0) return null;
        try
        {
            return JsonDocument.Parse(json.ToArray(), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = MaxDepth });
        }
        catch (JsonException)
        {
            // The tokens were read without fault: what is left is the check for names that repeat.
            fault = "a name is there twice in one object; keep one of the two";
            return null;
        }
    }

    private static string? FindUnreadableString(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) reader.GetString();
            }

            return null;
        }
        catch (JsonException fault)
        {
            return $"not valid JSON at line {fault.LineNumber + 1}, column {fault.BytePositionInLine + 1}; comments, trailing commas and nesting deeper than {MaxDepth} are refused";
        }
        catch (InvalidOperationException)
        {
            return "a string has half of a surrogate pair (\\ud800 to \\udfff); write the whole character";
        }
    }
}
