using System.Text;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>
/// Reads PEM without skipping anything: what is not a block, a blank line, a comment (<c>#</c>) or text right before a block
/// is refused, and so is a block that does not decode. A reader that skips what it cannot read trusts less, or more, than was meant.
/// </summary>
internal static class PemText
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";
    private const int MaxLength = 1024 * 1024;
    private const int MaxLineLength = 64;

    /// <summary>Reads all blocks of a text.</summary>
    public static Outcome<IReadOnlyList<PemBlock>> Parse(string text)
    {
        if (text.Length > MaxLength) return Refuse(1, $"the text is longer than {MaxLength} characters");
        var lines = text.Split('\n').Select(line => line.EndsWith('\r') ? line[..^1] : line).ToArray();
        var blocks = new List<PemBlock>();
        var before = new List<string>();
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index];
            if (line.StartsWith(Dashes, StringComparison.Ordinal))
            {
                if (!ReadBlock(lines, index, before, out var next).TryGet(out var block, out var refusal)) return refusal;
                blocks.Add(block);
                before = [];
                index = next;
            }
            else if (!string.IsNullOrWhiteSpace(line) && !line.StartsWith('#'))
            {
                before.Add(line);
            }
        }

        return before.Count == 0 ? blocks : Refuse(lines.Length, "there is text after the last block");
    }

    private static Outcome<PemBlock> ReadBlock(string[] lines, int first, List<string> before, out int last)
    {
        last = first;
        var line = lines[first];
        if (!line.StartsWith(Begin, StringComparison.Ordinal) || !line.EndsWith(Dashes, StringComparison.Ordinal) || line.Length <= Begin.Length + Dashes.Length)
            return Refuse(first + 1, "the line is not the beginning of a block");
        var label = line[Begin.Length..^Dashes.Length];
        var end = $"{End}{label}{Dashes}";
        var body = new StringBuilder();
        for (last = first + 1; last < lines.Length && !lines[last].StartsWith(Dashes, StringComparison.Ordinal); last++)
        {
            if (lines[last].Length is 0 or > MaxLineLength) return Refuse(last + 1, $"a line of a block must have 1 to {MaxLineLength} characters");
            body.Append(lines[last]);
        }

        if (last == lines.Length || lines[last] != end) return Refuse(first + 1, $"the block does not end with '{Printable.Of(end)}'");
        return Base64.DecodeStandard(body.ToString()) is { Length: > 0 } der
            ? new PemBlock(label, der, first + 1, before)
            : Refuse(first + 1, "the block is not valid base64");
    }

    private static Refusal Refuse(int line, string problem) => SigningRefusal.Of($"PEM line {line}: {problem}. Correct it or take it out.");
}
