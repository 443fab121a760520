using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Signing;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.TrustedIndexes;

/// <summary>
/// Remembers the highest index seen of each extension over a restart, as the signed index itself: a file that was tampered with does
/// not verify and counts for nothing, so it can neither lower the mark to a chosen number nor raise it beyond what was signed.
/// A registry key that leaves the trust bundle takes its marks along, which is the way back after it signed absurd numbers.
/// </summary>
public sealed class HighestSeen
{
    private readonly TrustedIndexOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly string? folder;

    public HighestSeen(TrustedIndexOptions options, TimeProvider time, ILogger<HighestSeen> logger)
    {
        this.options = options;
        this.time = time;
        this.logger = logger;
        if (options.Folder is null) return;
        var path = Path.GetFullPath(options.Folder);
        if (Try(() => Create(path))) folder = path;
    }

    /// <summary>The index that was remembered; null when there is none that still verifies.</summary>
    public HeldIndex? Find(string extension)
    {
        if (folder is null) return null;
        var path = PathOf(extension);
        byte[]? bytes = null;
        Try(() =>
        {
            if (new FileInfo(path) is { Exists: true, Length: <= IndexStatement.MaxBytes }) bytes = File.ReadAllBytes(path);
        });
        if (bytes is null) return null;
        if (RegistryVerifier.VerifyIndex(bytes, options.Trust, options.Registry, extension, time.GetUtcNow()).TryGet(out var index, out var refusal)) return new HeldIndex(index, bytes);
        Log.MarkDropped(logger, extension, refusal.Message);
        Try(() => File.Delete(path));
        return null;
    }

    /// <summary>Remembers an index, whole or not at all.</summary>
    public void Keep(string extension, byte[] envelope)
    {
        if (folder is null) return;
        Try(() =>
        {
            var temporary = Path.Combine(folder, Path.GetRandomFileName());
            try
            {
                File.WriteAllBytes(temporary, envelope);
                File.Move(temporary, PathOf(extension), overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }
        });
    }

    // Hashed, because a name of 128 characters with an ending is more than some file systems take, and no name is a path then.
    private string PathOf(string extension) => Path.Combine(folder!, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(extension))) + ".dsse.json");

    [SuppressMessage("Interoperability", "CA1416", Justification = "Guarded by the check of the operating system.")]
    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A disk that is full or read-only costs the memory over a restart, and nothing else.</summary>
    private bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.MemoryUnusable(logger, exception);
            return false;
        }
    }
}
