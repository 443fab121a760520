using System.Diagnostics.CodeAnalysis;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Compiler;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Compiled components on disk. A file that is not exactly what was sealed is deleted and never reaches the engine. Without a
/// folder, or with one that does not work, everything goes on and comes from the bundle store or the compiler.
/// </summary>
public sealed class CompiledCache
{
    private const string Extension = ".cwasm";

    private readonly CacheFolder folder;
    private readonly ILogger logger;

    /// <param name="root">The folder; null for none.</param>
    /// <param name="maxBytes">Size of all files together.</param>
    /// <param name="logger">For files that are dropped.</param>
    public CompiledCache(string? root, long maxBytes, ILogger<CompiledCache> logger)
    {
        this.logger = logger;
        folder = new CacheFolder(root, "compiled", maxBytes, exception => Log.CacheUnusable(logger, exception));
    }

    /// <summary>The compiled form, if it is there and its MAC matches.</summary>
    public bool TryRead(CompiledIdentity identity, byte[] key, [NotNullWhen(true)] out CompiledCode? code)
    {
        code = null;
        if (!folder.TryRead(identity.FileName(key) + Extension, CompiledCode.HeaderBytes + (long)CompilerAnswer.MaxCodeBytes, out var file))
        {
            // Larger than anything that was ever written here: not ours.
            if (Exists(identity, key)) Drop(identity, key);
            return false;
        }

        if (CompiledCode.TryOpen(identity, key, file, out code)) return true;
        Drop(identity, key);
        return false;
    }

    /// <summary>Whether there is a file for it, of whatever contents.</summary>
    public bool Exists(CompiledIdentity identity, byte[] key) => folder.Exists(identity.FileName(key) + Extension);

    /// <summary>Deletes a file that cannot be used.</summary>
    public void Drop(CompiledIdentity identity, byte[] key)
    {
        Log.CacheEntryDropped(logger, identity.FileName(key));
        folder.Drop(identity.FileName(key) + Extension);
    }

    /// <summary>Deletes what was last used before an instant and is of none of these variants, and what an interrupted write left.</summary>
    public void Expire(IReadOnlyCollection<CompiledVariant> used, DateTimeOffset before)
    {
        string[] kept = [.. used.Select(variant => CompiledIdentity.FileSuffix(variant) + Extension)];
        var (files, bytes) = folder.Expire(file => kept.Any(suffix => file.EndsWith(suffix, StringComparison.Ordinal)), before.UtcDateTime);
        if (files > 0) CompileLog.Expired(logger, files, bytes, CompiledVariant.UnusedDays);
    }

    /// <summary>Writes a compiled form, whole or not at all, and makes room for it.</summary>
    public void Write(CompiledIdentity identity, byte[] key, CompiledCode code) => folder.Write(identity.FileName(key) + Extension, code.File.Span);
}
