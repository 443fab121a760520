using Alga.Extensions.BlobStorage;
using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Tests.Fixtures;

/// <summary>Whether a bundle lies in the store as a publish leaves it.</summary>
internal static class StoredState
{
    /// <summary>Asserts that everything is there, and right.</summary>
    public static async Task AssertWholeAsync(IBundleStore store, TestBundle bundle)
    {
        var hash = bundle.Contents.Hash;
        Assert.Equal(bundle.Bytes, await ReadAsync(store, BundleBlobNames.Bundle(hash)));
        Assert.Equal(bundle.Contents.Index.ToJson(), await ReadAsync(store, BundleBlobNames.Index(hash)));
        Assert.Equal(TestBundle.EmptyComponent, await ReadAsync(store, BundleBlobNames.Component(hash)));
        Assert.NotEmpty(await ReadAsync(store, BundleBlobNames.Manifest(hash)));
        Assert.NotEmpty(await ReadAsync(store, BundleBlobNames.Envelope(hash)));
        Assert.True((await new StoredBundles(store).ReadIndexAsync(hash, CancellationToken.None)).TryGet(out var index, out _));
        Assert.Equal(bundle.Contents.Index.Files, index.Files);
    }

    private static async Task<byte[]> ReadAsync(IBundleStore store, string name) =>
        await store.ReadAsync(name, (int)BundleLimits.Default.MaxStoredBytes, CancellationToken.None) ?? throw new InvalidDataException($"{name} is missing.");
}
