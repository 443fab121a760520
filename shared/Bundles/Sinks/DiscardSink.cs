using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>Keeps nothing: for checking a bundle, or for its index alone.</summary>
public sealed class DiscardSink : IBundleSink
{
    /// <summary>The only one; it has no state.</summary>
    public static DiscardSink Instance { get; } = new();

    private DiscardSink()
    {
    }

    public Outcome<Stream> Open(string path, long sizeBytes) => Stream.Null;
}
