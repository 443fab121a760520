using System.Text.RegularExpressions;
using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>sbom</c> is a JSON file of the bundle.</summary>
internal static partial class SbomRule
{
    public static string? Read(Section root) => root.Text("sbom", 255, Path(), "must be a .json file of the bundle, such as sbom.spdx.json");

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._/-]*\.json\z", RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}
