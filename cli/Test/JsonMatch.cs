using System.Text.Json.Nodes;

namespace Alga.Extensions.AlgaExt.Test;

/// <summary>Compares an answer with what is expected: an object may have more members than expected, a list may not.</summary>
internal static class JsonMatch
{
    /// <summary>The first difference with its place, such as <c>$.notes[0].text: expected "a", got "b"</c>; null when there is none.</summary>
    public static string? FindDifference(JsonNode? expected, JsonNode? actual, string place = "$")
    {
        switch (expected)
        {
            case JsonObject wanted when actual is JsonObject given:
                foreach (var (name, value) in wanted)
                {
                    if (!given.ContainsKey(name)) return $"{place}.{name}: expected {Show(value)}, got nothing";
                    if (FindDifference(value, given[name], $"{place}.{name}") is { } difference) return difference;
                }

                return null;
            case JsonArray wanted when actual is JsonArray given:
                if (wanted.Count != given.Count) return $"{place}: expected {wanted.Count} items, got {given.Count}: {Show(given)}";
                return wanted.Select((value, index) => FindDifference(value, given[index], $"{place}[{index}]")).FirstOrDefault(difference => difference is not null);
            default:
                return JsonNode.DeepEquals(expected, actual) ? null : $"{place}: expected {Show(expected)}, got {Show(actual)}";
        }
    }

    private static string Show(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        return text.Length <= 300 ? text : text[..300] + "...";
    }
}
