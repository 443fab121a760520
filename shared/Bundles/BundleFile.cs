namespace Alga.Extensions.Bundles;

/// <summary>A file to pack.</summary>
/// <param name="Path">Its name in the bundle; see <see cref="BundlePath"/>.</param>
/// <param name="SizeBytes">Its size in bytes; the content must have exactly as many.</param>
/// <param name="Open">Opens the content; the writer disposes the stream.</param>
public sealed record BundleFile(string Path, long SizeBytes, Func<Stream> Open)
{
    /// <summary>A file from memory.</summary>
    public static BundleFile FromBytes(string path, byte[] content) =>
        new(path, content.Length, () => new MemoryStream(content, writable: false));

    /// <summary>A file from disk.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    public static BundleFile FromDisk(string path, string fileName)
    {
        var file = new FileInfo(fileName);
        return new(path, file.Length, file.OpenRead);
    }
}
