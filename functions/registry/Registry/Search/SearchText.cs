using System.Text;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Search;

/// <summary>What somebody looks for: words, all of which an extension has to have.</summary>
/// <param name="Words">Letters and digits only, 1 to 16 words of at most 64 characters; empty when the text has none, and then nothing is found.</param>
/// <param name="Exact">The text itself, which an extension may be called.</param>
public sealed record SearchText(IReadOnlyList<string> Words, string Exact)
{
    private const int MaxLength = 256;
    private const int MaxWords = 16;
    private const int MaxWordLength = 64;

    /// <summary>Reads the query parameter <c>q</c>. Any text of at most 256 characters and 16 words is one to look for.</summary>
    public static Outcome<SearchText> Read(string text)
    {
        if (text.Length > MaxLength) return new Refusal(ErrorCode.InvalidRequest, $"q has more than {MaxLength} characters; look for fewer words.");
        var words = Split(text);
        return words.Count <= MaxWords
            ? new SearchText(words, Exactly(text))
            : new Refusal(ErrorCode.InvalidRequest, $"q has more than {MaxWords} words; look for fewer.");
    }

    // No operator of the query language and no character that the database refuses is a letter or a digit.
    private static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(rune);
                if (word.Length < MaxWordLength) continue;
            }

            if (word.Length == 0) continue;
            words.Add(word.ToString());
            word.Clear();
        }

        if (word.Length > 0) words.Add(word.ToString());
        return words;
    }

    private static string Exactly(string text)
    {
        var name = text.Trim().ToLowerInvariant();
        return ExtensionName.IsValid(name) ? name : "";
    }
}
