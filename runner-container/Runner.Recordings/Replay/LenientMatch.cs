using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>
/// Whether something is as recorded. Where the recording has a placeholder for a secret, any text will do: the guest of a
/// replay has other secrets, or none.
/// </summary>
public static class LenientMatch
{
    /// <summary>Compares JSON, members in any order.</summary>
    public static bool IsSame(JsonNode? recorded, JsonNode? actual) => (recorded, actual) switch
    {
        (null, null) => true,
        (JsonObject expected, JsonObject given) => expected.Where(member => member.Value is not null).All(member => IsSame(member.Value, given[member.Key]))
            && given.All(member => member.Value is null || expected[member.Key] is not null),
        (JsonArray expected, JsonArray given) => expected.Count == given.Count && expected.Zip(given).All(pair => IsSame(pair.First, pair.Second)),
        (JsonValue expected, JsonValue given) when expected.GetValueKind() == JsonValueKind.String && given.GetValueKind() == JsonValueKind.String =>
            IsSame(expected.GetValue<string>(), given.GetValue<string>()),
        _ => JsonNode.DeepEquals(recorded, actual),
    };

    private static bool IsSame(string recorded, string actual)
    {
        if (recorded == actual) return true;
        var parts = recorded.Split(ExecutionRecorder.SecretPlaceholder);
        if (parts.Length == 1) return false;
        var at = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var part = Unblur(parts[i], fromStart: i > 0, fromEnd: i < parts.Length - 1);
            if (i == parts.Length - 1) return actual.Length - at >= part.Length && actual.EndsWith(part, StringComparison.Ordinal);
            var found = i == 0 ? (actual.StartsWith(part, StringComparison.Ordinal) ? 0 : -1) : actual.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + part.Length;
        }

        return false;
    }

    /// <summary>In base64 the character before a secret, and all that follow it, depend on the secret too.</summary>
    private static string Unblur(string part, bool fromStart, bool fromEnd)
    {
        var start = 0;
        while (fromStart && start < part.Length && (IsBase64(part[start]) || part[start] == '=')) start++;
        var end = fromEnd && part.Length > start && IsBase64(part[^1]) ? part.Length - 1 : part.Length;
        return part[start..end];
    }

    private static bool IsBase64(char character) => char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '-' or '_';
}
