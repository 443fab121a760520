using System.Collections.Concurrent;
using Alga.Extensions.BlobStorage;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>A bundle store in memory that counts reads and can be switched off.</summary>
internal sealed class MemoryBundleStore : IBundleStore
{
    private readonly ConcurrentDictionary<string, byte[]> blobs = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, int> Reads { get; } = new(StringComparer.Ordinal);

    /// <summary>Name of each blob that somebody tried to write.</summary>
    public ConcurrentBag<string> Writes { get; } = [];

    public IEnumerable<string> Names => blobs.Keys;

    public bool IsDown { get; set; }

    public byte[] this[string name]
    {
        get => blobs[name];
        set => blobs[name] = value;
    }

    public void Remove(string name) => blobs.TryRemove(name, out _);

    public async Task<BlobWrite> CreateAsync(string name, Stream content, string mediaType, CancellationToken cancellationToken)
    {
        if (IsDown) throw new BundleStoreException("down", new IOException("canary-connection-string"));
        Writes.Add(name);
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory, cancellationToken);
        return blobs.TryAdd(name, memory.ToArray()) ? BlobWrite.Created : BlobWrite.AlreadyThere;
    }

    public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        if (IsDown) throw new BundleStoreException("down", new IOException("canary-connection-string"));
        Reads.AddOrUpdate(name, 1, (_, count) => count + 1);
        return Task.FromResult<Stream?>(blobs.TryGetValue(name, out var bytes) ? new MemoryStream(bytes) : null);
    }

    public async Task<Stream?> OpenRangeAsync(string name, long offset, long length, CancellationToken cancellationToken)
    {
        if (await OpenReadAsync(name, cancellationToken) is null) return null;
        var bytes = blobs[name];
        var start = (int)Math.Min(offset, bytes.Length);
        return new MemoryStream(bytes, start, (int)Math.Min(length, bytes.Length - start));
    }
}
