using System.Text.Json;

namespace Alga.Extensions.Contracts;

/// <summary>
/// Walks the members of a JSON object of which every name is known, for what is read with each request: each may be there once, and no
/// other may. What the serializer does the same way for everything else costs several times as much, as it collects the values
/// of a record in boxes. Faults are <see cref="JsonException"/>.
/// </summary>
/// <example><code>
/// var members = JsonMembers.Of(ref reader);
/// while (JsonMembers.Next(ref reader))
/// {
///     if (members.Take(ref reader, "id"u8, 0)) id = JsonValues.Guid(ref reader);
///     else throw JsonMembers.Unknown();
/// }
///
/// members.Require(0b1);
/// </code></example>
public struct JsonMembers
{
    private uint taken;

    /// <summary>Begins with the object that the reader is at.</summary>
    public static JsonMembers Of(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartObject ? default : throw new JsonException("Expected an object.");

    /// <summary>What to throw for a member that is none of those that are known.</summary>
    public static JsonException Unknown() => new("A member is not known.");

    /// <summary>Goes on to the next name; false at the end of the object.</summary>
    public static bool Next(ref Utf8JsonReader reader)
    {
        Advance(ref reader);
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Whether the name that the reader is at is this one; then it goes on to its value.</summary>
    /// <param name="reader">At a name.</param>
    /// <param name="name">The name, without what JSON would escape.</param>
    /// <param name="number">Its number among those of the object, 0 to 31.</param>
    public bool Take(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, int number)
    {
        if (!reader.ValueTextEquals(name)) return false;
        var bit = 1u << number;
        if ((taken & bit) != 0) throw new JsonException("A member is there twice.");
        taken |= bit;
        Advance(ref reader);
        return true;
    }

    /// <summary>Throws unless all of these were there, a bit for each number.</summary>
    public readonly void Require(uint numbers)
    {
        if ((taken & numbers) != numbers) throw new JsonException("A member is missing.");
    }

    private static void Advance(ref Utf8JsonReader reader)
    {
        if (!reader.Read()) throw new JsonException("The document ends too soon.");
    }
}
