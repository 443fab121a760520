using System.Text;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Keys that start with a prefix, as a range: in byte order they stand together, and nothing in the prefix is a wildcard.</summary>
internal static class KeyRange
{
    /// <summary>The smallest text that is larger than every key with the prefix; null when there is none.</summary>
    public static string? EndOf(string prefix)
    {
        // Byte order of UTF-8 is code point order, so the last code point that can grow grows, and the rest goes.
        var runes = prefix.EnumerateRunes().ToList();
        for (var i = runes.Count - 1; i >= 0; i--)
        {
            if (runes[i].Value == 0x10FFFF) continue;
            var end = new StringBuilder();
            for (var j = 0; j < i; j++) end.Append(runes[j]);
            end.Append(runes[i].Value == 0xD7FF ? new Rune(0xE000) : new Rune(runes[i].Value + 1));
            return end.ToString();
        }

        return null;
    }
}
