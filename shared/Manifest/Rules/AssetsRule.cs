using System.Text.RegularExpressions;
using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>assets</c> are patterns of files; all of <c>ui/</c> is served in any case.</summary>
internal static partial class AssetsRule
{
    public static IReadOnlyList<string> Read(Section root) =>
        root.Texts("assets", maxCount: 100, maxLength: 255, pattern => Pattern().IsMatch(pattern) ? null : "must be a path in the bundle, with '*' where anything may stand, such as ui/**");

    [GeneratedRegex(@"\A[A-Za-z0-9*][A-Za-z0-9._/*-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
