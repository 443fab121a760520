using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>
/// Passes on the files of one subtree and leaves the others out. Names are passed on whole and not cut to the subtree: what follows
/// the prefix, such as <c>-rf</c> or <c>.npmrc</c>, need not keep the rules that a bundle's names keep.
/// </summary>
public sealed class SubtreeSink(BundleSubtree subtree, IBundleSink inner) : IBundleSink
{
    public Outcome<Stream> Open(string path, long sizeBytes) => subtree.Contains(path) ? inner.Open(path, sizeBytes) : Stream.Null;
}
