using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Runner.Engine;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Compiled components on disk. They are native code that the engine runs as it stands, so each file starts with a MAC
/// over what it was made from and for, by a key that only the platform has; a file that fails it is deleted and never
/// reaches the engine. Without a folder, or with one that does not work, everything goes on and is compiled each time.
/// </summary>
public sealed class CompiledCache
{
    private const int MacBytes = 32;
    private const string Extension = ".cwasm";

    private readonly string? folder;
    private readonly long maxBytes;
    private readonly ILogger logger;
    private readonly Lock evicting = new();

    /// <param name="root">The folder; null for none.</param>
    /// <param name="maxBytes">Size of all files together.</param>
    /// <param name="logger">For files that are dropped.</param>
    public CompiledCache(string? root, long maxBytes, ILogger<CompiledCache> logger)
    {
        this.maxBytes = maxBytes;
        this.logger = logger;
        if (root is null) return;
        try
        {
            folder = Path.Combine(Path.GetFullPath(root), "compiled");
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception exception) when (IsDiskFault(exception))
        {
            Log.CacheUnusable(logger, exception);
            folder = null;
        }
    }

    /// <summary>The compiled form, if it is there and its MAC matches.</summary>
    /// <param name="engine">The engine that will run it.</param>
    /// <param name="wasmDigest">SHA-256 of the component.</param>
    /// <param name="key">The MAC's key.</param>
    /// <param name="compiled">The compiled form; exactly the bytes that the MAC was checked over.</param>
    public bool TryRead(GuestEngine engine, ReadOnlySpan<byte> wasmDigest, byte[] key, [NotNullWhen(true)] out byte[]? compiled)
    {
        compiled = null;
        if (folder is null) return false;
        var path = PathOf(engine, wasmDigest);
        try
        {
            if (!File.Exists(path)) return false;
            var file = File.ReadAllBytes(path);
            if (file.Length > MacBytes && CryptographicOperations.FixedTimeEquals(file.AsSpan(0, MacBytes), Mac(engine, wasmDigest, file.AsSpan(MacBytes), key)))
            {
                compiled = file[MacBytes..];
                return true;
            }
        }
        catch (Exception exception) when (IsDiskFault(exception))
        {
            Log.CacheUnusable(logger, exception);
            return false;
        }

        Drop(engine, wasmDigest);
        return false;
    }

    /// <summary>Deletes a file that cannot be used.</summary>
    public void Drop(GuestEngine engine, ReadOnlySpan<byte> wasmDigest)
    {
        if (folder is null) return;
        var path = PathOf(engine, wasmDigest);
        Log.CacheEntryDropped(logger, Path.GetFileName(path));
        Try(() => File.Delete(path));
    }

    /// <summary>Writes a compiled form, whole or not at all, and makes room for it.</summary>
    public void Write(GuestEngine engine, ReadOnlySpan<byte> wasmDigest, byte[] key, byte[] compiled)
    {
        if (folder is null || compiled.Length > maxBytes) return;
        var path = PathOf(engine, wasmDigest);
        var mac = Mac(engine, wasmDigest, compiled, key);
        Try(() =>
        {
            var temporary = Path.Combine(folder, Path.GetRandomFileName());
            try
            {
                using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                {
                    file.Write(mac);
                    file.Write(compiled);
                }

                File.Move(temporary, path, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }

            Evict();
        });
    }

    private static byte[] Mac(GuestEngine engine, ReadOnlySpan<byte> wasmDigest, ReadOnlySpan<byte> compiled, byte[] key)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Append(mac, wasmDigest);
        Append(mac, Encoding.UTF8.GetBytes(engine.Description));
        Append(mac, Encoding.UTF8.GetBytes(RuntimeInformation.RuntimeIdentifier));
        Append(mac, compiled);
        return mac.GetHashAndReset();
    }

    // With its length before it, no part can give bytes to its neighbour.
    private static void Append(IncrementalHash mac, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, part.Length);
        mac.AppendData(length);
        mac.AppendData(part);
    }

    private static bool IsDiskFault(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private string PathOf(GuestEngine engine, ReadOnlySpan<byte> wasmDigest) =>
        Path.Combine(folder!, $"{Convert.ToHexStringLower(wasmDigest)}-{engine.Fingerprint}{Extension}");

    private void Evict()
    {
        lock (evicting)
        {
            var files = new DirectoryInfo(folder!).GetFiles("*" + Extension).OrderBy(file => file.LastWriteTimeUtc).ToList();
            var total = files.Sum(file => file.Length);
            foreach (var file in files)
            {
                if (total <= maxBytes) return;
                total -= file.Length;
                file.Delete();
            }
        }
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (IsDiskFault(exception))
        {
            Log.CacheUnusable(logger, exception);
        }
    }
}
