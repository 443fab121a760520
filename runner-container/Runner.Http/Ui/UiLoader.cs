using System.Collections.Frozen;
using Alga.Extensions.Contracts;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>Gets a user interface from disk, or from the verified bundle, and then keeps it on disk with its compressed forms.</summary>
public sealed class UiLoader(BundleFetcher fetcher, PlatformKeys keys, RunnerOptions options, ILogger<UiLoader> logger)
{
    private const string Extension = ".algaui";
    // Plain, Brotli and gzip of the largest user interface, and its names.
    private const int LargestFile = 200 * 1024 * 1024;

    private readonly CacheFolder folder = new(
        options.CacheRoot, "ui", options.UiCacheDiskMb * 1024L * 1024L, exception => Log.CacheUnusable(logger, exception));

    /// <summary>Gives the user interface, or <c>bundle_unavailable</c>, <c>signature_invalid</c> or <c>not_found</c>.</summary>
    public async Task<Outcome<UiBundle>> LoadAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        if (!keys.AreThere) return new Refusal(ErrorCode.BundleUnavailable, "The runner is starting. Try again shortly.");
        if (FromDisk(hash) is { } kept) return kept;
        if (!(await fetcher.FetchUiAsync(hash, cancellationToken)).TryGet(out var ui, out var refusal)) return refusal;
        var bundle = new UiBundle(
            ui.Extension, ui.Version, ui.Entry, ui.Files.ToFrozenDictionary(file => file.Path, UiCompression.Prepare, StringComparer.Ordinal));
        folder.Write(FileName(hash), UiPack.Seal(hash, keys.CompiledCode, bundle));
        return bundle;
    }

    private UiBundle? FromDisk(ContentHash hash)
    {
        if (!folder.TryRead(FileName(hash), LargestFile, out var file)) return null;
        if (UiPack.TryOpen(hash, keys.CompiledCode, file, out var bundle)) return bundle;
        Log.CacheEntryDropped(logger, FileName(hash));
        folder.Drop(FileName(hash));
        return null;
    }

    private static string FileName(ContentHash hash) => hash.Hex + Extension;
}
