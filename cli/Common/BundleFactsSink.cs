using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest;

namespace Alga.Extensions.AlgaExt.Common;

/// <summary>Keeps the two texts of a bundle that the registry has rules for: manifest and changelog.</summary>
internal sealed class BundleFactsSink : IBundleSink
{
    private const string ManifestPath = "manifest.json";

    private readonly SelectedFilesSink manifest = new([ManifestPath], ManifestReader.MaxBytes);
    private readonly SelectedFilesSink changelog = new([ChangelogFile.Path], ChangelogFile.MaxBytes);

    /// <summary>Null when the bundle has none.</summary>
    public ReadOnlyMemory<byte>? Manifest => Find(manifest, ManifestPath);

    /// <summary>Null when the bundle has none.</summary>
    public ReadOnlyMemory<byte>? Changelog => Find(changelog, ChangelogFile.Path);

    public Outcome<Stream> Open(string path, long sizeBytes)
    {
        if (path != ChangelogFile.Path) return manifest.Open(path, sizeBytes);
        return ChangelogFile.FindSizeFault(sizeBytes) is { } tooLarge ? tooLarge : changelog.Open(path, sizeBytes);
    }

    // Written out: beside a ReadOnlyMemory a mere null is an empty one.
    private static ReadOnlyMemory<byte>? Find(SelectedFilesSink sink, string path) =>
        sink.Files.TryGetValue(path, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?);
}
