namespace Alga.Extensions.Bundles;

/// <summary>Makes files that only this process can read, and that are gone when their stream is disposed or the process ends.</summary>
public static class TemporaryFile
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>An empty file, open for writing and reading.</summary>
    public static FileStream Create()
    {
        var path = Path.Combine(Path.GetTempPath(), "alga-bundle-" + Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = BufferBytes,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (OperatingSystem.IsWindows()) return new FileStream(path, options);
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // The open file lives on without a name, so that even a killed process leaves nothing on the disk.
        File.Delete(path);
        return file;
    }
}
