using System.Text.Json;

namespace Alga.Extensions.Contracts;

/// <summary>What JSON allows in its texts and nobody can read.</summary>
public static class JsonTexts
{
    /// <summary>Whether a text or a name anywhere in a value has half of a surrogate pair, which an escape can write: no text that could be compared or stored.</summary>
    public static bool HasHalfPair(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Object => value.EnumerateObject().Any(member => member.Name.Length < 0 || HasHalfPair(member.Value)),
                JsonValueKind.Array => value.EnumerateArray().Any(HasHalfPair),
                JsonValueKind.String => value.GetString() is null,
                _ => false,
            };
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
