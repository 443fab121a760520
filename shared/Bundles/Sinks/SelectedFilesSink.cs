using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>Keeps chosen files in memory, up to a number of bytes in all.</summary>
/// <param name="wanted">Chooses the files to keep by their exact names.</param>
/// <param name="maxBytes">Most bytes to keep; a bundle whose chosen files are larger together is refused.</param>
public sealed class SelectedFilesSink(Predicate<string> wanted, long maxBytes) : IBundleSink
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> files = new(StringComparer.Ordinal);
    private long left = maxBytes;

    /// <summary>Keeps the files of these exact names.</summary>
    public SelectedFilesSink(IEnumerable<string> paths, long maxBytes)
        : this(new HashSet<string>(paths, StringComparer.Ordinal).Contains, maxBytes)
    {
    }

    /// <summary>The chosen files that the bundle has. Complete and trustworthy only after the reader returned the contents.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files => files;

    public Outcome<Stream> Open(string path, long sizeBytes)
    {
        if (!wanted(path)) return Stream.Null;
        if (sizeBytes > left) return BundleRefusal.Of($"{path}: the file has {sizeBytes} bytes, more than the {left} allowed for it. Make it smaller.");
        left -= sizeBytes;
        var content = new byte[sizeBytes];
        files.Add(path, content);
        return new MemoryStream(content);
    }
}
