using System.Text;
using System.Text.Json;

namespace Alga.Extensions.Testing;

/// <summary>Whether two readers of a JSON document take the same and read the same, for the document and each of its <see cref="JsonMutations"/>.</summary>
/// <param name="Taken">How many both took.</param>
/// <param name="Refused">How many both refused.</param>
/// <param name="Difference">The first about which they differ, and how; null when there is none.</param>
public sealed record SameReading(int Taken, int Refused, string? Difference)
{
    /// <summary>Compares two readers up to their first difference.</summary>
    /// <param name="json">The document, with every member that there is.</param>
    /// <param name="expected">What it says, written out; throws <see cref="JsonException"/> for what is no such document.</param>
    /// <param name="actual">The same by the other reader.</param>
    public static SameReading Of(byte[] json, Func<byte[], string> expected, Func<byte[], string> actual)
    {
        var (taken, refused) = (0, 0);
        foreach (var document in JsonMutations.Of(json))
        {
            var (one, other) = (OrRefused(expected, document), OrRefused(actual, document));
            if (one != other) return new SameReading(taken, refused, $"{Encoding.UTF8.GetString(document)}\nexpected: {one ?? "refused"}\nactual: {other ?? "refused"}");
            if (one is null) refused++;
            else taken++;
        }

        return new SameReading(taken, refused, null);
    }

    private static string? OrRefused(Func<byte[], string> read, byte[] json)
    {
        try
        {
            return read(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
