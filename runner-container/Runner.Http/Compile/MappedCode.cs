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
    public RestoredGuest? Restore(GuestEngine engine, CompiledCode code, int wasmBytes)
    {
        if (Map(engine, code, wasmBytes) is { } mapped) return new RestoredGuest(mapped, code.Length / MappedShare);
        return engine.Restore(code.Code, wasmBytes) is { } copied ? new RestoredGuest(copied, code.Length) : null;
    }

    private GuestComponent? Map(GuestEngine engine, CompiledCode code, int wasmBytes)
    {
        if (folder is null) return null;
        var path = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, preallocationSize: code.Length);
            File.Delete(path);
            RandomAccess.Write(file, code.Code, 0);
            return engine.RestoreFile($"/proc/self/fd/{file.DangerousGetHandle()}", wasmBytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Unusable(exception);
            return null;
        }
    }

    private void Unusable(Exception exception) => Log.CacheUnusable(logger, exception);
}
