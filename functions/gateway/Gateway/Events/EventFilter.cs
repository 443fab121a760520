using System.Text.Json;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Gateway.Events;

/// <summary>
/// Whether an event's payload is what a subscription's filter asks for. Each member of the filter must be in the payload: an
/// object is compared in the same way, a list stands for any one of its items, and everything else must be equal.
/// </summary>
internal static class EventFilter
{
    /// <summary>Whether the payload matches; a null filter and an empty one match everything.</summary>
    public static bool Matches(JsonElement? filter, JsonElement payload) => filter is not { } asked || MatchesMembers(asked, payload);

    private static bool MatchesMembers(JsonElement asked, JsonElement payload)
    {
        if (asked.EnumerateObject().MoveNext() && payload.ValueKind != JsonValueKind.Object) return false;
        foreach (var member in asked.EnumerateObject())
        {
            if (!payload.TryGetProperty(member.Name, out var value) || !MatchesValue(member.Value, value)) return false;
        }

        return true;
    }

    private static bool MatchesValue(JsonElement asked, JsonElement value) => asked.ValueKind switch
    {
        JsonValueKind.Object => value.ValueKind == JsonValueKind.Object && MatchesMembers(asked, value),
        JsonValueKind.Array => asked.EnumerateArray().Any(item => MatchesValue(item, value)),
        _ => JsonEquality.AreEqual(asked, value),
    };
}
