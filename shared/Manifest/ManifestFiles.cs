namespace Alga.Extensions.Manifest;

/// <summary>The files that a manifest names must be in its bundle.</summary>
public static class ManifestFiles
{
    /// <summary>Finds the named files that a bundle lacks.</summary>
    /// <param name="manifest">The bundle's own manifest.</param>
    /// <param name="contains">Whether the bundle has a file of exactly this name.</param>
    public static IReadOnlyList<ManifestFault> FindMissing(ExtensionManifest manifest, Func<string, bool> contains) =>
        [.. Named(manifest).Where(file => !contains(file.Name)).Select(file => new ManifestFault(file.Path, $"the bundle has no file {file.Name}; build it, or correct the name"))];

    private static IEnumerable<(string Path, string Name)> Named(ExtensionManifest manifest)
    {
        yield return ("entry", manifest.Entry);
        if (manifest.Ui is { } ui) yield return ("ui.entry", ui.Entry);
        if (manifest.Sbom is { } sbom) yield return ("sbom", sbom);
        foreach (var (target, name) in manifest.Precompiled) yield return ($"precompiled.{target}", name);
    }
}
