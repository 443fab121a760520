using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Compiler;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Compiled components in the bundle store, where all runners find them. Only ever added: what is there and cannot be used is
/// passed over, since a runner may neither replace nor delete a blob. A store that is away makes no call fail.
/// </summary>
public sealed class CompiledBlobs(IBundleStore store, ILogger<CompiledBlobs> logger)
{
    private const string MediaType = "application/octet-stream";

    /// <summary>The compiled form, if it is there and its MAC matches.</summary>
    public async Task<CompiledCode?> ReadAsync(CompiledIdentity identity, byte[] key, CancellationToken cancellationToken)
    {
        if (await TryAsync(identity.Source, () => FetchAsync(identity.BlobName(key), cancellationToken)) is not { } file) return null;
        if (CompiledCode.TryOpen(identity, key, file, out var code)) return code;
        Refuse(identity, key);
        return null;
    }

    /// <summary>Whether there is a blob for it, of whatever contents.</summary>
    public async Task<bool> ExistsAsync(CompiledIdentity identity, byte[] key, CancellationToken cancellationToken) =>
        await TryAsync(identity.Source, async () =>
        {
            await using var stream = await store.OpenReadAsync(identity.BlobName(key), cancellationToken);
            return stream is null ? null : identity;
        }) is not null;

    /// <summary>Adds a compiled form; where another runner was faster, its stays.</summary>
    public Task WriteAsync(CompiledIdentity identity, byte[] key, CompiledCode code, CancellationToken cancellationToken) =>
        TryAsync(identity.Source, async () =>
        {
            using var content = new MemoryStream(code.File.ToArray(), writable: false);
            await store.CreateAsync(identity.BlobName(key), content, MediaType, cancellationToken);
            return identity;
        });

    /// <summary>Marks variants as used on a day, in UTC; what is marked already stays so.</summary>
    public async Task MarkAsync(IEnumerable<CompiledVariant> variants, DateOnly day, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var variant in variants)
            {
                using var nothing = new MemoryStream();
                await store.CreateAsync(variant.Mark(day), nothing, MediaType, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is BundleStoreException or IOException)
        {
            CompileLog.NotMarked(logger, CompiledVariant.UnusedDays, exception);
        }
    }

    /// <summary>Says that a blob is of no use here.</summary>
    public void Refuse(CompiledIdentity identity, byte[] key) => CompileLog.BlobUnusable(logger, identity.Source, identity.BlobName(key));

    private async Task<byte[]?> FetchAsync(string name, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(name, cancellationToken);
        if (stream is null) return null;
        // One byte too many is enough: no MAC matches it.
        var file = GC.AllocateUninitializedArray<byte>((int)Math.Min(stream.Length, CompiledCode.HeaderBytes + CompilerAnswer.MaxCodeBytes + 1));
        await stream.ReadExactlyAsync(file, cancellationToken);
        return file;
    }

    private async Task<T?> TryAsync<T>(ContentHash hash, Func<Task<T?>> work)
        where T : class
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is BundleStoreException or IOException)
        {
            CompileLog.BlobUnavailable(logger, hash, exception);
            return null;
        }
    }
}
