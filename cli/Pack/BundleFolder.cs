using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.Bundles;

namespace Alga.Extensions.AlgaExt.Pack;

/// <summary>Chooses what of an extension's folder goes into its bundle: sources, dependencies and secrets stay out.</summary>
internal static class BundleFolder
{
    private const string Manifest = "manifest.json";
    private static readonly string[] Optional = ["README.md", ChangelogFile.Path, "icon.svg"];

    public static IReadOnlyList<BundleFile> Select(string folder)
    {
        var manifestFile = Path.Combine(folder, Manifest);
        if (!File.Exists(manifestFile)) throw new RefusedException(new CliRefusal("manifest_invalid", $"{folder} has no manifest.json."));
        var manifest = BundleFacts.ReadManifest(File.ReadAllBytes(manifestFile));

        var names = new SortedSet<string>(StringComparer.Ordinal) { Manifest, manifest.Entry };
        names.UnionWith(Optional.Where(name => File.Exists(Path.Combine(folder, name))));
        names.UnionWith(manifest.Precompiled.Values);
        if (manifest.Sbom is { } sbom) names.Add(sbom);
        if (manifest.Ui is not null) names.UnionWith(FilesBelow(folder, "ui"));

        var missing = names.Where(name => !File.Exists(Path.Combine(folder, name))).ToList();
        if (missing.Count > 0)
        {
            throw new RefusedException(new CliRefusal(
                "manifest_invalid", "The manifest names files that are not there; build the extension first, or correct the manifest.", missing));
        }

        return [.. names.Select(name => BundleFile.FromDisk(name, Path.Combine(folder, name)))];
    }

    private static IEnumerable<string> FilesBelow(string folder, string part)
    {
        var root = Path.Combine(folder, part);
        return Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            : [];
    }
}
