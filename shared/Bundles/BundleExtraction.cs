using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>Takes part of a bundle out into a sink. Nothing is ever written to a path that an archive names: where bytes go, the sink decides.</summary>
public static class BundleExtraction
{
    /// <summary>
    /// Streams the files of a subtree into a sink, under all limits and rules of <see cref="BundleReader"/>, which also read what is
    /// not in the subtree. Until this has returned the contents, nothing that the sink received may be trusted or made visible.
    /// </summary>
    /// <param name="bundle">
    /// The stored bytes, from its current position. Where it can seek, they are hashed before anything is expanded; else while it is.
    /// </param>
    /// <param name="expected">The hash that somebody trustworthy gave for them.</param>
    /// <param name="subtree">Which files.</param>
    /// <param name="sink">Receives them by their whole names.</param>
    /// <param name="ct">Stops reading.</param>
    public static async Task<Outcome<BundleContents>> ExtractAsync(
        Stream bundle, ContentHash expected, BundleSubtree subtree, IBundleSink sink, CancellationToken ct)
    {
        if (bundle.CanSeek)
        {
            var start = bundle.Position;
            if (!(await BundleHash.ComputeAsync(bundle, ct)).TryGet(out var actual, out var tooLarge)) return tooLarge;
            if (actual.Hash != expected) return NotThese(expected);
            bundle.Position = start;
        }

        if (!(await BundleReader.ReadAsync(bundle, new SubtreeSink(subtree, sink), ct)).TryGet(out var contents, out var refusal)) return refusal;
        return contents.Hash == expected ? contents : NotThese(expected);
    }

    /// <summary>The refusal for other bytes than those of a hash.</summary>
    public static Refusal NotThese(ContentHash expected) => BundleRefusal.Of($"These are not the bytes of {expected}. Get the bundle again.");
}
