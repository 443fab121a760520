using System.Collections.Concurrent;
using Alga.Extensions.BlobStorage;

namespace Alga.Extensions.DevHost.Bundle;

/// <summary>A bundle store in memory: what is under development is gone with the process.</summary>
internal sealed class MemoryBundles : IBundleStore
{
    private readonly ConcurrentDictionary<string, byte[]> blobs = new(StringComparer.Ordinal);

    public async Task<BlobWrite> CreateAsync(string name, Stream content, string mediaType, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory, cancellationToken).ConfigureAwait(false);
        return blobs.TryAdd(name, memory.ToArray()) ? BlobWrite.Created : BlobWrite.AlreadyThere;
    }

    public void Put(string name, byte[] bytes) => blobs[name] = bytes;

    /// <summary>Forgets every blob whose name begins so.</summary>
    public void Forget(string prefix)
    {
        foreach (var name in blobs.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))) blobs.TryRemove(name, out _);
    }

    public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(blobs.TryGetValue(name, out var bytes) ? new MemoryStream(bytes, writable: false) : null);

    public Task<Stream?> OpenRangeAsync(string name, long offset, long length, CancellationToken cancellationToken)
    {
        if (!blobs.TryGetValue(name, out var bytes)) return Task.FromResult<Stream?>(null);
        var start = (int)Math.Min(offset, bytes.Length);
        return Task.FromResult<Stream?>(new MemoryStream(bytes, start, (int)Math.Min(length, bytes.Length - start), writable: false));
    }
}
