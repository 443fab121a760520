namespace Alga.Extensions.AlgaExt.Common;

/// <summary>Files that are there whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file beside its place and moves it there when it is complete.</summary>
    public static async Task WriteAsync(string path, bool secret, Func<Stream, Task> write)
    {
        var full = Path.GetFullPath(path);
        var temporary = full + ".new";
        File.Delete(temporary);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
            if (secret && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var stream = new FileStream(temporary, options)) await write(stream).ConfigureAwait(false);
            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public static Task WriteAsync(string path, bool secret, string text) =>
        WriteAsync(path, secret, async stream =>
        {
            await using var writer = new StreamWriter(stream, leaveOpen: true);
            await writer.WriteAsync(text).ConfigureAwait(false);
        });
}
