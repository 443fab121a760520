using System.Collections.Concurrent;
using System.Text;
using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest;
using Alga.Extensions.Signing;
using Alga.Extensions.Testing;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>Packs, signs and stores bundles as a publisher and the registry do.</summary>
internal sealed class Publisher(MemoryBundleStore store, string database) : IDisposable
{
    public const string Name = "alga-samples";
    public const string Extension = "com.alga.samples.guest";

    private static readonly ConcurrentDictionary<ContentHash, string> Published = [];

    private int versions;

    public SigningKey Key { get; } = SigningKey.Create();

    /// <summary>Counter-signs and signs the index.</summary>
    public TestRegistry Registry { get; } = new(Name, Extension);

    /// <summary>The trust bundle that names its key and the registry's.</summary>
    public string TrustText => Key.ToTrustEntry(Name) + Registry.TrustEntry;

    public TrustBundle Trust
    {
        get
        {
            Assert.True(TrustBundle.Parse(TrustText).TryGet(out var trust, out var refusal), refusal?.Message);
            return trust;
        }
    }

    /// <summary>Registers the publisher and the extension in the database, as a registry does before the first version.</summary>
    public async Task RegisterAsync()
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await connection.ExecuteAsync(
            """
            insert into publisher (publisher_id, display_name, created_at) values (@Name, 'Samples', now());
            insert into extension_registry (extension_id, publisher_id, display_name, created_at) values (@Extension, @Name, 'Guest', now());
            """,
            new { Name, Extension });
    }

    /// <summary>The version that was published with a bundle; 0.0.0 for one that was not.</summary>
    public static string VersionOf(ContentHash hash) => Published.GetValueOrDefault(hash, "0.0.0");

    /// <summary>Gives the content hash. Each version makes a bundle of its own even of the same component; without one it is the next of its own.</summary>
    public async Task<ContentHash> PublishAsync(
        byte[] wasm, string? version = null, SigningKey? key = null, Func<BundleStatement, BundleStatement>? change = null,
        Func<AcceptanceStatement, AcceptanceStatement>? changeAcceptance = null, SigningKey? registryKey = null, DateTimeOffset? acceptedAt = null,
        (string Path, byte[] Content)[]? files = null, bool events = false)
    {
        version ??= $"1.0.{Interlocked.Increment(ref versions)}";
        var calls = events ? """ "events":[{"topic":"ok"}] """ : """ "api":{"endpoints":[{"method":"GET","path":"/x"}]} """;
        var ui = files?.Any(file => file.Path == "ui/index.html") == true ? ""","ui":{"type":"iframe","entry":"ui/index.html"}""" : "";
        var manifest = Encoding.UTF8.GetBytes(
            $$$"""
            {"manifestVersion":2,"name":"{{{Extension}}}","publisher":"{{{Name}}}","version":"{{{version}}}","displayName":"Guest","description":"A guest.",
             "runtime":"wasm-component@2","entry":"dist/main.wasm","capabilities":["storage.kv","metrics.emit"],
             "storage":{"namespaces":["greetings"]},{{{calls}}}{{{ui}}}}
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
        Published[contents.Hash] = version;
        store[BundleBlobNames.Bundle(contents.Hash)] = stream.ToArray();
        store[BundleBlobNames.Envelope(contents.Hash)] = envelope;
        var now = TimeProvider.System.GetUtcNow();
        store[BundleBlobNames.Acceptance(contents.Hash)] = Registry.Accept(
            statement, envelope, (key ?? Key).Public.KeyId, acceptedAt ?? now, changeAcceptance, registryKey);
        await Registry.PublishIndexAsync(database, now);
        return contents.Hash;
    }

    public void Dispose()
    {
        Key.Dispose();
        Registry.Dispose();
    }
}
