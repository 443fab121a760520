using System.Text;
using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest;
using Alga.Extensions.Signing;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>Packs, signs and stores bundles as a publisher and the registry do.</summary>
internal sealed class Publisher(MemoryBundleStore store, SigningKey? signingKey = null) : IDisposable
{
    public const string Name = "alga-samples";
    public const string Extension = "com.alga.samples.guest";

    public SigningKey Key { get; } = signingKey ?? SigningKey.Create();

    public TrustBundle Trust
    {
        get
        {
            Assert.True(TrustBundle.Parse(Key.ToTrustEntry(Name)).TryGet(out var trust, out var refusal), refusal?.Message);
            return trust;
        }
    }

    /// <summary>Gives the content hash. Each version makes a bundle of its own even of the same component.</summary>
    public async Task<ContentHash> PublishAsync(
        byte[] wasm, string version = "1.0.0", SigningKey? key = null, Func<BundleStatement, BundleStatement>? change = null,
        (string Path, byte[] Content)[]? files = null)
    {
        var manifest = Encoding.UTF8.GetBytes(
            $$$"""
            {"manifestVersion":2,"name":"{{{Extension}}}","publisher":"{{{Name}}}","version":"{{{version}}}","displayName":"Guest","description":"A guest.",
             "runtime":"wasm-component@2","entry":"dist/main.wasm","capabilities":["storage.kv","metrics.emit"],
             "storage":{"namespaces":["greetings"]},"api":{"endpoints":[{"method":"GET","path":"/x"}]}}
            """);
        Assert.Empty(ManifestReader.Read(manifest).Faults);
        using var stream = new MemoryStream();
        var packed = await BundleWriter.WriteAsync(
            [BundleFile.FromBytes("dist/main.wasm", wasm), BundleFile.FromBytes("manifest.json", manifest), .. (files ?? []).Select(file => BundleFile.FromBytes(file.Path, file.Content))], stream, CancellationToken.None);
        Assert.True(packed.TryGet(out var contents, out var refusal), refusal?.Message);
        var statement = BundleStatement.Of(
            BundleStatement.DefaultRegistry, Name, Extension, version, contents.Hash, contents.SizeBytes,
            [.. contents.Index.Files.Select(file => new SignedFile(file.Path, file.Sha256))], ["storage.kv", "metrics.emit"]);
        Assert.True(EnvelopeSigner.Sign(change?.Invoke(statement) ?? statement, key ?? Key).TryGet(out var envelope, out refusal), refusal?.Message);
        store[BundleBlobNames.Bundle(contents.Hash)] = stream.ToArray();
        store[BundleBlobNames.Envelope(contents.Hash)] = envelope;
        return contents.Hash;
    }

    public void Dispose()
    {
        // A key that was given is its giver's.
        if (signingKey is null) Key.Dispose();
    }
}
