using Alga.Extensions.Bundles;
using Alga.Extensions.Manifest;
using Alga.Extensions.Signing;

namespace Alga.Extensions.AlgaExt.Common;

/// <summary>A bundle that was read whole and found in order, with its own manifest.</summary>
/// <param name="Contents">Hash, size and files.</param>
/// <param name="Manifest">From its <c>manifest.json</c>.</param>
internal sealed record BundleFacts(BundleContents Contents, ExtensionManifest Manifest)
{
    /// <summary>Reads a bundle; refuses one that the registry would refuse.</summary>
    public static async Task<BundleFacts> ReadAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return await ReadAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    public static async Task<BundleFacts> ReadAsync(Stream bundle, CancellationToken cancellationToken)
    {
        var sink = new BundleFactsSink();
        var contents = RefusedException.Unwrap(await BundleReader.ReadAsync(bundle, sink, cancellationToken).ConfigureAwait(false));
        if (sink.Manifest is not { } json)
        {
            throw new RefusedException(new CliRefusal("bundle_invalid", "The bundle has no manifest.json; pack it with 'alga-ext pack'."));
        }

        var manifest = ReadManifest(json.Span);
        if (sink.Changelog is { } changelog) RefusedException.Unwrap(ChangelogFile.Read(changelog.Span));
        Refuse(ManifestFiles.FindMissing(manifest, path => contents.Index.TryFind(path, out _)));
        return new BundleFacts(contents, manifest);
    }

    /// <summary>Reads a manifest; refuses it with every fault it has.</summary>
    public static ExtensionManifest ReadManifest(ReadOnlySpan<byte> json)
    {
        var result = ManifestReader.Read(json);
        Refuse(result.Faults);
        return result.Manifest!;
    }

    /// <summary>What is signed of this bundle.</summary>
    public BundleStatement ToStatement(string registry) => BundleStatement.Of(
        registry,
        Manifest.Publisher,
        Manifest.Name,
        Manifest.Version,
        Contents.Hash,
        Contents.SizeBytes,
        [.. Contents.Index.Files.Select(file => new SignedFile(file.Path, file.Sha256))],
        Manifest.Capabilities);

    private static void Refuse(IReadOnlyList<ManifestFault> faults)
    {
        if (faults.Count == 0) return;
        throw new RefusedException(new CliRefusal("manifest_invalid", $"The manifest has {faults.Count} fault(s).", [.. faults.Select(fault => fault.ToString())]));
    }
}
