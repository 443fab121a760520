using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest;

namespace Alga.Extensions.Registry.Publish;

/// <summary>The request and the manifest must speak of the same version of the same extension of the same publisher.</summary>
public static class IdentityCheck
{
    /// <summary>A refusal that names every field that differs, or null.</summary>
    /// <param name="name">The extension in the URL.</param>
    /// <param name="version">The version in the URL.</param>
    /// <param name="publisher">Who registered the extension.</param>
    /// <param name="manifest">The bundle's own manifest.</param>
    public static Refusal? FindDifference(string name, string version, string publisher, ExtensionManifest manifest)
    {
        List<string> differences = [];
        Compare("name", "the URL", name, manifest.Name);
        Compare("version", "the URL", version, manifest.Version);
        Compare("publisher", "the registry", publisher, manifest.Publisher);
        return differences.Count == 0 ? null : new Refusal(ErrorCode.ManifestInvalid, string.Join(" ", differences));

        void Compare(string field, string where, string expected, string actual)
        {
            if (expected != actual) differences.Add($"{field} differs: {where} has {Shown(expected)}, the manifest has {Shown(actual)}.");
        }
    }

    private static string Shown(string text) => text.Length <= 128 ? text : text[..128];
}
