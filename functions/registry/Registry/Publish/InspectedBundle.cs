using Alga.Extensions.Bundles;
using Alga.Extensions.Manifest;

namespace Alga.Extensions.Registry.Publish;

/// <summary>A bundle whose archive, manifest and component break no rule. Whoever has it disposes of it.</summary>
/// <param name="Contents">Hash, size and index.</param>
/// <param name="ManifestBytes">The manifest, byte for byte.</param>
/// <param name="Manifest">The same, read.</param>
/// <param name="Component">The component's bytes, on disk.</param>
public sealed record InspectedBundle(BundleContents Contents, byte[] ManifestBytes, ExtensionManifest Manifest, Stream Component) : IAsyncDisposable
{
    /// <summary>What its publisher says about it; null where it says nothing that can be shown.</summary>
    public string? Readme { get; init; }

    /// <summary>What its publisher says has changed; empty where it says nothing.</summary>
    public string Changelog { get; init; } = "";

    /// <summary>What is published, as <c>name@version</c>.</summary>
    public string Target => $"{Manifest.Name}@{Manifest.Version}";

    public ValueTask DisposeAsync() => Component.DisposeAsync();
}
