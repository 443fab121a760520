using System.Diagnostics.CodeAnalysis;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// A folder of files that can be made anew, the least recently used making room. A disk that is full, read-only or broken is no
/// fault of a request: it is told to whoever asks, and everything goes on without the file.
/// </summary>
/// <param name="root">The folder; null for none.</param>
/// <param name="name">Its folder below that.</param>
/// <param name="maxBytes">Size of all files together.</param>
/// <param name="disturbed">Told of each fault of the disk.</param>
internal sealed class CacheFolder(string? root, string name, long maxBytes, Action<Exception> disturbed)
{
    private readonly Lock evicting = new();
    private readonly Lazy<string?> folder = new(() => Create(root, name, disturbed));

    /// <summary>The whole file, unless there is none or it is larger than <paramref name="largest"/> bytes; reading it counts as using it.</summary>
    public bool TryRead(string file, long largest, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (folder.Value is not { } at) return false;
        var path = Path.Combine(at, file);
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists || info.Length > largest) return false;
            // So many and no more: what lies there may be a link to something without end.
            using var stream = File.OpenRead(path);
            bytes = new byte[info.Length];
            stream.ReadExactly(bytes);
        }
        catch (Exception exception) when (IsDiskFault(exception))
        {
            disturbed(exception);
            return false;
        }

        Touch(path);
        return true;
    }

    /// <summary>Whether there is such a file, of whatever contents.</summary>
    public bool Exists(string file) => folder.Value is { } at && File.Exists(Path.Combine(at, file));

    /// <summary>Writes a file, whole or not at all, and makes room for it. One that is larger than everything is not kept.</summary>
    public void Write(string file, ReadOnlySpan<byte> bytes)
    {
        if (folder.Value is not { } at || bytes.Length > maxBytes) return;
        var temporary = Path.Combine(at, Path.GetRandomFileName());
        try
        {
            try
            {
                File.WriteAllBytes(temporary, bytes);
                File.Move(temporary, Path.Combine(at, file), overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }

            Evict(at);
        }
        catch (Exception exception) when (IsDiskFault(exception))
        {
            disturbed(exception);
        }
    }

    /// <summary>Deletes a file.</summary>
    public void Drop(string file)
    {
        if (folder.Value is not { } at) return;
        try
        {
            File.Delete(Path.Combine(at, file));
        }
        catch (Exception exception) when (IsDiskFault(exception))
        {
            disturbed(exception);
        }
    }

    /// <summary>Deletes files that were last used before an instant (UTC), but for some; gives how many, and their size in bytes.</summary>
    public (int Files, long Bytes) Expire(Func<string, bool> isKept, DateTime before)
    {
        var (files, bytes) = (0, 0L);
        if (folder.Value is not { } at) return (files, bytes);
        lock (evicting)
        {
            try
            {
                foreach (var file in new DirectoryInfo(at).GetFiles().Where(file => file.LastWriteTimeUtc < before && !isKept(file.Name)))
                {
                    var size = file.Length;
                    file.Delete();
                    (files, bytes) = (files + 1, bytes + size);
                }
            }
            catch (Exception exception) when (IsDiskFault(exception))
            {
                disturbed(exception);
            }
        }

        return (files, bytes);
    }

    /// <summary>Makes the folder if need be; null where there is to be none, or it cannot be made.</summary>
    public static string? Create(string? root, string name, Action<Exception> disturbed)
    {
        if (root is null) return null;
        try
        {
            var folder = Path.Combine(Path.GetFullPath(root), name);
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return folder;
        }
        catch (Exception exception) when (IsDiskFault(exception))
        {
            disturbed(exception);
            return null;
        }
    }

    private static bool IsDiskFault(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private static void Touch(string path)
    {
        try
        {
            // File systems are mounted without access times as a rule, so the time of the last change is what tells the order of use.
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime);
        }
        catch (Exception exception) when (IsDiskFault(exception))
        {
            // Read-only, or just evicted: it was read, and that is what was asked for.
        }
    }

    private void Evict(string at)
    {
        lock (evicting)
        {
            var files = new DirectoryInfo(at).GetFiles().OrderBy(file => file.LastWriteTimeUtc).ToList();
            var total = files.Sum(file => file.Length);
            foreach (var file in files)
            {
                if (total <= maxBytes) return;
                total -= file.Length;
                file.Delete();
            }
        }
    }
}
