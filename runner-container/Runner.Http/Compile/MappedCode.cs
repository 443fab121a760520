using Alga.Extensions.Runner.Engine;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Gives compiled code to the engine by a file that it maps, so that hundreds of components cost the memory of what they run and not
/// of all their code. The file has no name from before its first byte: it holds what was verified, and nobody can open it again.
/// Where there is no folder, or it is full, the engine gets a copy in memory.
/// </summary>
public sealed class MappedCode
{
    // Of the code of a TypeScript component (5 MB) about a twentieth is memory that the system cannot take back: what the engine knows about it.
    private const int MappedShare = 16;

    private readonly string? folder;
    private readonly ILogger logger;

    /// <param name="root">Where files may lie; null for none.</param>
    /// <param name="logger">For a folder that does not work.</param>
    public MappedCode(string? root, ILogger<MappedCode> logger)
    {
        this.logger = logger;
        // Only there can a file without a name be mapped.
        folder = OperatingSystem.IsLinux() ? CacheFolder.Create(root, "mapped", Unusable) : null;
    }

    /// <summary>Loads verified code; null when the engine does not take it.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="code">The compiled component.</param>
    /// <param name="wasmBytes">Size of the component before, in bytes.</param>
    /// <param name="shared">The code that it shares, where it does.</param>
    public RestoredGuest? Restore(GuestEngine engine, CompiledCode code, int wasmBytes, SharedCode? shared)
    {
        if (Map(code, path => engine.RestoreFile(path, wasmBytes, shared)) is { } mapped) return new RestoredGuest(mapped, code.Length / MappedShare);
        return engine.Restore(code.Code, wasmBytes, shared) is { } copied ? new RestoredGuest(copied, code.Length) : null;
    }

    /// <summary>Loads verified code that components share; null when the engine does not take it.</summary>
    public RestoredCode? RestoreShared(GuestEngine engine, CompiledCode code)
    {
        if (Map(code, engine.RestoreSharedFile) is { } mapped) return new RestoredCode(mapped, code.Length / MappedShare);
        return engine.RestoreShared(code.Code) is { } copied ? new RestoredCode(copied, code.Length) : null;
    }

    private T? Map<T>(CompiledCode code, Func<string, T?> restore)
        where T : class
    {
        if (folder is null) return null;
        var path = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, preallocationSize: code.Length);
            File.Delete(path);
            RandomAccess.Write(file, code.Code, 0);
            return restore($"/proc/self/fd/{file.DangerousGetHandle()}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Unusable(exception);
            return null;
        }
    }

    private void Unusable(Exception exception) => Log.CacheUnusable(logger, exception);
}
