using Alga.Extensions.Bundles.Rewriting;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Turns a content hash into a component that can run: fetch and verify the bundle, then its compiled form from disk, else from the
/// bundle store, else from the compiler.
/// </summary>
public sealed class ComponentLoader(
    BundleFetcher fetcher,
    EngineSet engines,
    SharedCodes sharedCodes,
    CompiledCache cache,
    MappedCode mapped,
    CompiledBlobs blobs,
    ComponentCompiler compiler,
    PlatformKeys keys,
    RunnerMetrics metrics,
    TimeProvider time,
    ILogger<ComponentLoader> logger)
{
    /// <summary>Gives the component, or <c>bundle_unavailable</c> or <c>signature_invalid</c>.</summary>
    public Task<Outcome<LoadedComponent>> LoadAsync(ContentHash hash, CancellationToken cancellationToken) => LoadAsync(hash, metered: false, cancellationToken);

    /// <summary>The same for a component that counts its instructions.</summary>
    public Task<Outcome<LoadedComponent>> LoadMeteredAsync(ContentHash hash, CancellationToken cancellationToken) => LoadAsync(hash, metered: true, cancellationToken);

    private async Task<Outcome<LoadedComponent>> LoadAsync(ContentHash hash, bool metered, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (!(await fetcher.FetchSignedAsync(hash, cancellationToken)).TryGet(out var signed, out var refusal)) return Refuse(hash, refusal, started);
        var identity = Identify(signed, metered);
        // Both at the same time: the signature says what the compiled form must be made of, and nothing of it runs before the bundle was found to be that.
        var fetching = fetcher.FetchAsync(signed, cancellationToken);
        var onDisk = cache.TryRead(identity, keys.CompiledCode, out var cached);
        var stored = onDisk ? null : await blobs.ReadAsync(identity, keys.CompiledCode, cancellationToken);
        if (!(await fetching).TryGet(out var bundle, out refusal)) return Refuse(hash, refusal, started);
        if (onDisk)
        {
            if (await RestoreAsync(cached!, identity, bundle, cancellationToken) is { } kept) return Finish(hash, bundle, kept, "disk", started);
            cache.Drop(identity, keys.CompiledCode);
            stored = await blobs.ReadAsync(identity, keys.CompiledCode, cancellationToken);
        }

        if (stored is not null && await FromStoreAsync(stored, identity, bundle, cancellationToken) is { } found) return Finish(hash, bundle, found, "store", started);
        if (!(await compiler.CompileAsync(identity, bundle.Wasm, cancellationToken)).TryGet(out var code, out refusal)) return Refuse(hash, refusal, started);
        return await RestoreAsync(code, identity, bundle, cancellationToken) is { } compiled
            ? Finish(hash, bundle, compiled, "compiled", started)
            : throw new InvalidOperationException("The engine does not take what it took when it was compiled.");
    }

    /// <summary>Makes the compiled form where the bundle store has none yet, and keeps nothing in memory. Whether it did.</summary>
    public async Task<bool> PrepareAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        // Its name has nothing of the component, of which nothing is known yet.
        if (await blobs.ExistsAsync(Identify(hash, default, metered: false), keys.CompiledCode, cancellationToken)) return false;
        var started = time.GetTimestamp();
        if ((await fetcher.FetchSignedAsync(hash, cancellationToken)).TryGet(out var signed, out var refusal)
            && (await fetcher.FetchAsync(signed, cancellationToken)).TryGet(out var bundle, out refusal))
        {
            var identity = Identify(signed, metered: false);
            if (cache.TryRead(identity, keys.CompiledCode, out var code))
            {
                // Compiled here while the store was away.
                await blobs.WriteAsync(identity, keys.CompiledCode, code, cancellationToken);
                return false;
            }

            if ((await compiler.CompileAsync(identity, bundle.Wasm, cancellationToken)).TryGet(out _, out refusal)) return true;
        }

        Refuse(hash, refusal, started);
        return false;
    }

    private CompiledIdentity Identify(SignedBundleFiles signed, bool metered) => Identify(signed.Bundle, signed.ComponentDigest, metered);

    // Engines of all classes describe themselves alike: whose code runs on which, the size of the component says.
    private CompiledIdentity Identify(ContentHash hash, ReadOnlyMemory<byte> digest, bool metered) =>
        CompiledIdentity.Of(hash, digest, engines.For(GuestClass.Compact, metered).Description, metered);

    private async Task<RestoredGuest?> FromStoreAsync(CompiledCode code, CompiledIdentity identity, VerifiedBundle bundle, CancellationToken cancellationToken)
    {
        if (await RestoreAsync(code, identity, bundle, cancellationToken) is not { } found)
        {
            blobs.Refuse(identity, keys.CompiledCode);
            return null;
        }

        cache.Write(identity, keys.CompiledCode, code);
        return found;
    }

    /// <summary>Null when the engine does not take it, and when the code that it shares is not there: then it is compiled with it.</summary>
    private async Task<RestoredGuest?> RestoreAsync(CompiledCode code, CompiledIdentity identity, VerifiedBundle bundle, CancellationToken cancellationToken)
    {
        var engine = engines.For(code.Class, identity.IsMetered);
        if (code.SharedDigest is not { } digest) return mapped.Restore(engine, code, bundle.Wasm.Length, shared: null);
        if (await sharedCodes.FindAsync(digest, identity.IsMetered, cancellationToken) is not { } shared) return null;
        using (shared.Code)
        {
            return mapped.Restore(engine, code, bundle.Wasm.Length, shared.Code) is { } own ? own with { MemoryBytes = own.MemoryBytes + shared.MemoryBytes } : null;
        }
    }

    private LoadedComponent Finish(ContentHash hash, VerifiedBundle bundle, RestoredGuest found, string source, long started)
    {
        var elapsed = time.GetElapsedTime(started);
        metrics.Loaded(elapsed, source);
        Log.Loaded(logger, hash, source, found.Guest.WasmBytes, found.Guest.Engine.Class.ToString(), (long)elapsed.TotalMilliseconds);
        return new LoadedComponent(bundle.Extension, bundle.Version, found.Guest, found.MemoryBytes, Math.Clamp(MemoryCount.Of(bundle.Wasm), 1, InvocationLimits.MaxMemories));
    }

    private Refusal Refuse(ContentHash hash, Refusal refusal, long started)
    {
        metrics.Loaded(time.GetElapsedTime(started), "refused");
        Log.NotLoaded(logger, hash, refusal.Message);
        return refusal;
    }
}
