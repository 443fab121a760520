using Alga.Extensions.AlgaExt.Build;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.Bundles;

namespace Alga.Extensions.AlgaExt.Replay;

/// <summary>The component that a replay runs.</summary>
/// <param name="Extension">The extension's name.</param>
/// <param name="Wasm">The component.</param>
/// <param name="BundleHash">Hash of the bundle it is from; null for one that was just built.</param>
internal sealed record ReplayComponent(string Extension, byte[] Wasm, string? BundleHash)
{
    public static async Task<ReplayComponent> FromBundleAsync(FileInfo bundle, CancellationToken cancellationToken)
    {
        var facts = await BundleFacts.ReadAsync(bundle.FullName, cancellationToken).ConfigureAwait(false);
        var entry = facts.Manifest.Entry;
        var sink = new SelectedFilesSink([entry], (int)BundleLimits.Default.MaxFileBytes);
        await using var stream = bundle.OpenRead();
        RefusedException.Unwrap(await BundleReader.ReadAsync(stream, sink, cancellationToken).ConfigureAwait(false));
        return new ReplayComponent(facts.Manifest.Name, sink.Files[entry].ToArray(), facts.Contents.Hash.ToString());
    }

    public static ReplayComponent FromFolder(string folder)
    {
        var manifest = BuiltExtension.Read(folder).Manifest;
        return new ReplayComponent(manifest.Name, File.ReadAllBytes(Path.Combine(folder, manifest.Entry)), null);
    }
}
