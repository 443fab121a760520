using System.Text.RegularExpressions;

namespace Alga.Extensions.AlgaExt.Dev;

/// <summary>Where in <c>manifest.json</c> a denial is to be mended.</summary>
internal static partial class ManifestLines
{
    /// <summary>The place as <c>manifest.json:9</c>; null when the denial speaks of no member. Without such a member, the line of its last bracket.</summary>
    /// <param name="manifest">Text of the manifest.</param>
    /// <param name="denial">What the runner said, such as <c>Add "a.example" to "egress" in manifest.json</c>.</param>
    public static string? Find(string manifest, string denial)
    {
        var match = Member().Match(denial);
        if (!match.Success) return null;
        var lines = manifest.TrimEnd().Split('\n');
        var index = Array.FindIndex(lines, line => line.Contains($"\"{match.Groups[1].Value}\"", StringComparison.Ordinal));
        return $"manifest.json:{(index < 0 ? lines.Length : index + 1)}";
    }

    [GeneratedRegex("to \"([a-z]+)\" in manifest\\.json", RegexOptions.CultureInvariant)]
    private static partial Regex Member();
}
