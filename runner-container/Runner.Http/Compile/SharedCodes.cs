using System.Collections.Concurrent;
using System.Security.Cryptography;
using Alga.Extensions.Runner.Compiler;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Code that components have in common: in memory once for all of them, else from disk, else from the bundle store, else from the
/// compiler. The last few are kept without a component that uses them; one that is not kept lives as long as its components.
/// </summary>
public sealed class SharedCodes(
    CompilerProcess process, EngineSet engines, CompiledCache cache, MappedCode mapped, CompiledBlobs blobs, RefusedComponents refused, PlatformKeys keys,
    RunnerMetrics metrics, TimeProvider time) : IDisposable
{
    /// <summary>Most that are kept: one for each version of the tools and each size of memory that is in use at the same time.</summary>
    public const int MaxKept = 32;

    private readonly Lock gate = new();
    private readonly LinkedList<Kept> kept = [];
    private readonly ConcurrentDictionary<CompiledIdentity, Lazy<Task<bool>>> finding = new(ByDigest.Instance);
    private readonly ConcurrentDictionary<CompiledIdentity, Lazy<Task<bool>>> making = new(ByDigest.Instance);
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Gives compiled code by the SHA-256 of what it was made from; null where nobody has compiled it. Dispose the code after use.</summary>
    public Task<RestoredCode?> FindAsync(ReadOnlyMemory<byte> digest, bool metered, CancellationToken cancellationToken)
    {
        var identity = Identify(digest, metered);
        return GetAsync(finding, identity, () => LoadAsync(identity), cancellationToken);
    }

    /// <summary>The same, and compiles it where nobody has; null where it cannot be compiled. Who stops waiting does not stop the work.</summary>
    public async Task<RestoredCode?> MakeAsync(ReadOnlyMemory<byte> code, bool metered, CancellationToken cancellationToken)
    {
        var identity = Identify(SHA256.HashData(code.Span), metered);
        return await FindAsync(identity.WasmDigest, metered, cancellationToken)
            ?? await GetAsync(making, identity, () => CompileAsync(identity, code), cancellationToken);
    }

    public void Dispose()
    {
        stopping.Cancel();
        Task.WhenAll(finding.Values.Concat(making.Values).Select(work => work.Value)).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        lock (gate)
        {
            foreach (var each in kept) each.Restored.Code.Dispose();
            kept.Clear();
        }

        stopping.Dispose();
    }

    private CompiledIdentity Identify(ReadOnlyMemory<byte> digest, bool metered) => CompiledIdentity.OfShared(digest, Engine(metered).Description, metered);

    private GuestEngine Engine(bool metered) => engines.For(GuestClass.Script, metered);

    private async Task<RestoredCode?> GetAsync(
        ConcurrentDictionary<CompiledIdentity, Lazy<Task<bool>>> running, CompiledIdentity identity, Func<Task<bool>> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryUse(identity) is { } known) return known;
            var mine = running.GetOrAdd(identity, key => new Lazy<Task<bool>>(() => Task.Run(async () =>
            {
                try
                {
                    return await work();
                }
                finally
                {
                    running.TryRemove(key, out _);
                }
            })));
            if (!await mine.Value.WaitAsync(cancellationToken)) return null;
        }
    }

    private RestoredCode? TryUse(CompiledIdentity identity)
    {
        lock (gate)
        {
            for (var node = kept.First; node is not null; node = node.Next)
            {
                if (!ByDigest.Instance.Equals(node.Value.Identity, identity)) continue;
                kept.Remove(node);
                kept.AddLast(node);
                // It cannot have gone: being kept is a use.
                node.Value.Restored.Code.TryUse();
                return node.Value.Restored;
            }
        }

        return null;
    }

    private async Task<bool> LoadAsync(CompiledIdentity identity)
    {
        if (cache.TryRead(identity, keys.CompiledCode, out var cached))
        {
            if (Keep(identity, cached)) return true;
            cache.Drop(identity, keys.CompiledCode);
        }

        if (await blobs.ReadAsync(identity, keys.CompiledCode, stopping.Token) is not { } stored) return false;
        if (!Keep(identity, stored))
        {
            blobs.Refuse(identity, keys.CompiledCode);
            return false;
        }

        cache.Write(identity, keys.CompiledCode, stored);
        return true;
    }

    private async Task<bool> CompileAsync(CompiledIdentity identity, ReadOnlyMemory<byte> code)
    {
        if (refused.TryGet(identity.WasmDigest.Span, out _)) return false;
        var started = time.GetTimestamp();
        var outcome = await process.CompileAsync(code, identity.IsMetered, stopping.Token, CompilerFlags.Shared);
        if (!outcome.TryGet(out var answer, out var refusal))
        {
            if (refusal != CompilerProcess.NotRun) refused.Add(identity.WasmDigest.Span, refusal);
            return false;
        }

        var compiled = CompiledCode.Seal(identity, keys.CompiledCode, answer.Class, answer.Code);
        if (!Keep(identity, compiled)) return false;
        metrics.Compiled(time.GetElapsedTime(started));
        cache.Write(identity, keys.CompiledCode, compiled);
        await blobs.WriteAsync(identity, keys.CompiledCode, compiled, stopping.Token);
        return true;
    }

    /// <summary>Whether the engine took it.</summary>
    private bool Keep(CompiledIdentity identity, CompiledCode code)
    {
        if (mapped.RestoreShared(Engine(identity.IsMetered), code) is not { } restored) return false;
        lock (gate)
        {
            kept.AddLast(new Kept(identity, restored));
            if (kept.Count <= MaxKept) return true;
            var oldest = kept.First!.Value;
            kept.RemoveFirst();
            oldest.Restored.Code.Dispose();
        }

        return true;
    }

    private sealed record Kept(CompiledIdentity Identity, RestoredCode Restored);

    /// <summary>Engine and target are those of this process.</summary>
    private sealed class ByDigest : IEqualityComparer<CompiledIdentity>
    {
        public static readonly ByDigest Instance = new();

        public bool Equals(CompiledIdentity? x, CompiledIdentity? y) => x?.Source == y?.Source && x?.IsMetered == y?.IsMetered;

        public int GetHashCode(CompiledIdentity identity) => identity.Source.GetHashCode();
    }
}
