using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest;
using Microsoft.Win32.SafeHandles;

namespace Alga.Extensions.Registry.Publish;

/// <summary>Takes the files of a bundle that publishing needs: manifest, README and changelog into memory, the component to disk.</summary>
internal sealed class PublishSink : IBundleSink, IAsyncDisposable
{
    /// <summary>Where the manifest is in every bundle.</summary>
    public const string ManifestPath = "manifest.json";

    /// <summary>Where the component is in every bundle; the manifest's <c>entry</c> can say nothing else.</summary>
    public const string ComponentPath = "dist/main.wasm";

    /// <summary>Where the publisher's own words are in a bundle that has them.</summary>
    private const string ReadmePath = "README.md";

    private readonly Dictionary<string, MemoryStream> precompiled = new(StringComparer.Ordinal);
    private MemoryStream? manifest;
    private MemoryStream? readme;
    private MemoryStream? changelog;

    /// <summary>The manifest's bytes, null when the bundle has none.</summary>
    public byte[]? Manifest => manifest?.ToArray();

    /// <summary>The README as text; null when the bundle has none, or one that <see cref="ReadmeText"/> does not take.</summary>
    public string? Readme => readme is null ? null : ReadmeText.Read(readme.ToArray());

    /// <summary>The changelog as text, empty when the bundle has none; refused when it is no text.</summary>
    public Outcome<string> Changelog => changelog is null ? "" : ChangelogFile.Read(changelog.ToArray());

    /// <summary>The component's bytes, null when the bundle has none.</summary>
    public FileStream? Component { get; private set; }

    /// <summary>The first bytes of each file below <c>precompiled/</c>, and nothing more of them: they are looked at, never used.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> PrecompiledBeginnings =>
        precompiled.ToDictionary(file => file.Key, file => (ReadOnlyMemory<byte>)file.Value.ToArray(), StringComparer.Ordinal);

    public Outcome<Stream> Open(string path, long sizeBytes)
    {
        if (path == ManifestPath)
        {
            if (sizeBytes > ManifestReader.MaxBytes)
            {
                return new Refusal(ErrorCode.ManifestInvalid, $"manifest.json has {sizeBytes} bytes, more than the {ManifestReader.MaxBytes} allowed; shorten it.");
            }

            return manifest = new MemoryStream();
        }

        if (path.StartsWith(PrecompiledFiles.Folder, StringComparison.Ordinal)) return precompiled[path] = new BeginningStream(PrecompiledFiles.BeginningBytes);
        if (path == ReadmePath) return sizeBytes <= ReadmeText.MaxBytes ? readme = new MemoryStream() : Stream.Null;
        if (path == ChangelogFile.Path) return ChangelogFile.FindSizeFault(sizeBytes) is { } tooLarge ? tooLarge : changelog = new MemoryStream();
        if (path != ComponentPath) return Stream.Null;
        Component = TemporaryFile.Create();
        // The reader disposes what it is given, but the file is gone once it is disposed: a second stream on the same handle.
        var handle = new SafeFileHandle(Component.SafeFileHandle.DangerousGetHandle(), ownsHandle: false);
        return new FileStream(handle, FileAccess.Write, bufferSize: 0, handle.IsAsync);
    }

    public ValueTask DisposeAsync() => Component?.DisposeAsync() ?? ValueTask.CompletedTask;
}
