using Alga.Extensions.Contracts;
using Alga.Extensions.Signing;
using Alga.Extensions.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alga.Extensions.TrustedIndexes.Tests;

/// <summary>A runner's or gateway's view of one extension, with a clock, a source and a folder of a test's own.</summary>
internal sealed class Reader : IDisposable
{
    public const string Extension = "com.acme.reports";
    public const string Publisher = "acme";
    public const string Version = "1.0.0";

    public static readonly ContentHash Hash = ContentHash.Of("bundle"u8);

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("alga-indexes-");

    public Reader()
    {
        Registry.Versions.Add(Listed(Version, Hash));
        Cache = Restart();
    }

    public ManualTime Time { get; } = new();

    public FakeSource Source { get; } = new();

    public TestRegistry Registry { get; } = new(Publisher, Extension);

    public SigningKey PublisherKey { get; } = SigningKey.Create();

    /// <summary>Further entries of the trust bundle.</summary>
    public string MoreTrust { get; set; } = "";

    public TrustedIndexCache Cache { get; private set; }

    public string Folder => Path.Combine(root.FullName, "indexes");

    public IndexedVersion Listed(string version, ContentHash hash) => new(version, hash.Hex, VersionState.Ok, PublisherKey.Public.KeyId, Time.GetUtcNow());

    /// <summary>The same machine after a restart: only the folder is left.</summary>
    public TrustedIndexCache Restart(bool isRequired = true, string? trust = null)
    {
        Assert.True(TrustBundle.Parse(trust ?? (Registry.TrustEntry + MoreTrust)).TryGet(out var bundle, out var refusal), refusal?.Message);
        var options = new TrustedIndexOptions { Trust = bundle, Folder = Folder, IsRequired = isRequired, MaxAge = TimeSpan.FromMinutes(15) };
        return Cache = new TrustedIndexCache(
            Source, new HighestSeen(options, Time, NullLogger<HighestSeen>.Instance), options, Time, NullLogger<TrustedIndexCache>.Instance);
    }

    /// <summary>The registry signs the next index.</summary>
    public byte[] Issue(Func<IndexStatement, IndexStatement>? change = null, SigningKey? key = null) => Serve(Registry.Issue(Time.GetUtcNow(), change, key), Registry.Number);

    /// <summary>The source gives this from now on.</summary>
    public byte[] Serve(byte[]? envelope, long number)
    {
        Source.Envelope = envelope;
        Source.Number = number;
        return envelope!;
    }

    /// <summary>Wire name of what speaks against the version; <c>ok</c> when nothing does.</summary>
    public async Task<string> AskAsync(string version = Version, ContentHash? hash = null) =>
        await Cache.FindFaultAsync(Extension, version, hash ?? Hash, CancellationToken.None) is { } refusal ? ErrorTable.Describe(refusal.Code).Name : "ok";

    /// <summary>What the watcher does.</summary>
    public Task PollAsync() => Cache.PollAsync(CancellationToken.None);

    public void Dispose()
    {
        Registry.Dispose();
        PublisherKey.Dispose();
        root.Delete(recursive: true);
    }
}
