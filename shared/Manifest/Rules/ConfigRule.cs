using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary>
/// <c>config</c> is a JSON Schema of an object that needs nothing from elsewhere and ends: whoever checks settings against it
/// must not be made to fetch a document that the publisher names, to recurse, or to match a pattern for years.
/// </summary>
internal static class ConfigRule
{
    private const int MaxBytes = 64 * 1024;

    public static JsonElement? Read(Section root)
    {
        if (root.RawObject("config") is not { } schema) return null;
        if (Encoding.UTF8.GetByteCount(schema.GetRawText()) > MaxBytes) root.Fault("config", $"is larger than {MaxBytes} bytes; shorten it");
        if (!IsText(schema, "type", "object")) root.Fault("config.type", "must be \"object\": settings are an object");
        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind != JsonValueKind.Object)
            root.Fault("config.properties", "must be an object: a schema for each setting");
        else if (properties.ValueKind == JsonValueKind.Object) CheckProperties(root, properties);
        CheckKeywords(root, schema, "config");
        return schema;
    }

    private static void CheckProperties(Section root, JsonElement properties)
    {
        foreach (var property in properties.EnumerateObject())
        {
            if (property.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False))
                root.Fault("config.properties", "each setting's schema must be an object");
        }
    }

    private static void CheckKeywords(Section root, JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in element.EnumerateArray().Index()) CheckKeywords(root, item, $"{path}[{index}]");
        }

        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (var member in element.EnumerateObject())
        {
            if (FindKeywordFault(member) is { } problem) root.Fault($"{path}.{member.Name}", problem);
            else CheckKeywords(root, member.Value, $"{path}.{member.Name}");
        }
    }

    // A setting that is called "id" has a schema, an object, as its value: only texts are keywords.
    private static string? FindKeywordFault(JsonProperty member) => member.Name switch
    {
        "$ref" or "$dynamicRef" or "$recursiveRef" or "$id" or "id" when member.Value.ValueKind == JsonValueKind.String =>
            "references are not supported; write the schema out in full",
        "patternProperties" => "is not supported; name the properties under properties",
        "pattern" when member.Value.ValueKind == JsonValueKind.String && !IsLinear(member.Value.GetString()!) =>
            "is not a regular expression without look-around and back-references; write a simpler one",
        _ => null,
    };

    /// <summary>Whether a pattern can be matched in time that grows with the text alone.</summary>
    private static bool IsLinear(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static bool IsText(JsonElement schema, string member, string text) =>
        schema.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
