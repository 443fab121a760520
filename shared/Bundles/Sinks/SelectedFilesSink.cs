using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>Keeps chosen files in memory, up to a number of bytes in all.</summary>
/// <param name="paths">Exact names of the files to keep.</param>
/// <param name="maxBytes">Most bytes to keep; a bundle whose chosen files are larger together is refused.</param>
public sealed class SelectedFilesSink(IEnumerable<string> paths, long maxBytes) : IBundleSink
{
    private readonly HashSet<string> wanted = new(paths, StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> files = new(StringComparer.Ordinal);
    private long left = maxBytes;

    /// <summary>The chosen files that the bundle has. Complete and trustworthy only after the reader returned the contents.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files => files;

    public Outcome<Stream> Open(string path, long sizeBytes)
    {
        if (!wanted.Contains(path)) return Stream.Null;
        if (sizeBytes > left) return BundleRefusal.Of($"{path}: the file has {sizeBytes} bytes, more than the {left} allowed for it. Make it smaller.");
        left -= sizeBytes;
        var content = new byte[sizeBytes];
        files.Add(path, content);
        return new MemoryStream(content);
    }
}
