using System.Text.Json;

namespace Alga.Extensions.Contracts;

/// <summary>Compares JSON values that others wrote.</summary>
public static class JsonEquality
{
    /// <summary>
    /// Whether two values are equal: members in any order, numbers by value, so that <c>1</c> and <c>1.0</c> are. Where a number's exponent has more
    /// than 32 bits, which <see cref="JsonElement.DeepEquals"/> takes for a fault of its caller, by how the two are written.
    /// </summary>
    public static bool AreEqual(JsonElement one, JsonElement other)
    {
        try
        {
            return JsonElement.DeepEquals(one, other);
        }
        catch (ArgumentOutOfRangeException)
        {
            return one.GetRawText() == other.GetRawText();
        }
    }
}
