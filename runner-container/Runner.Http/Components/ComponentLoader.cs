using System.Security.Cryptography;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>Turns a content hash into a component that can run: fetch, verify, then restore the compiled form or compile.</summary>
public sealed class ComponentLoader(
    BundleFetcher fetcher, EngineSet engines, CompiledCache cache, PlatformKeys keys, RunnerMetrics metrics, TimeProvider time, ILogger<ComponentLoader> logger)
    : IDisposable
{
    // Two, so that a request's component need not wait for all that is loaded ahead.
    private readonly SemaphoreSlim compilers = new(2);

    /// <summary>Gives the component, or <c>bundle_unavailable</c> or <c>signature_invalid</c>.</summary>
    public Task<Outcome<LoadedComponent>> LoadAsync(ContentHash hash, CancellationToken cancellationToken) => LoadAsync(hash, metered: false, cancellationToken);

    /// <summary>The same for a component that counts its instructions.</summary>
    public Task<Outcome<LoadedComponent>> LoadMeteredAsync(ContentHash hash, CancellationToken cancellationToken) => LoadAsync(hash, metered: true, cancellationToken);

    private async Task<Outcome<LoadedComponent>> LoadAsync(ContentHash hash, bool metered, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (!(await fetcher.FetchAsync(hash, cancellationToken)).TryGet(out var bundle, out var refusal)) return Refuse(hash, refusal, started);

        var digest = SHA256.HashData(bundle.Wasm.Span);
        var engine = engines.ForSize(bundle.Wasm.Length, metered);
        if (cache.TryRead(engine, digest, keys.CompiledCode, out var compiled))
        {
            if (engine.Restore(compiled, bundle.Wasm.Length) is { } restored) return Finish(hash, bundle, restored, compiled.Length, "restored", started);
            cache.Drop(engine, digest);
        }

        await compilers.WaitAsync(cancellationToken);
        try
        {
            var compiling = time.GetTimestamp();
            // Seconds of pure computing: not on a thread of the pool that answers requests.
            var outcome = await Task.Factory.StartNew(
                () => engine.Compile(bundle.Wasm.Span), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            if (!outcome.TryGet(out var guest, out refusal)) return Refuse(hash, refusal, started);
            metrics.Compiled(time.GetElapsedTime(compiling));
            var serialized = guest.Serialize();
            cache.Write(engine, digest, keys.CompiledCode, serialized);
            return Finish(hash, bundle, guest, serialized.Length, "compiled", started);
        }
        finally
        {
            compilers.Release();
        }
    }

    public void Dispose() => compilers.Dispose();

    private LoadedComponent Finish(ContentHash hash, VerifiedBundle bundle, GuestComponent guest, long bytes, string source, long started)
    {
        var elapsed = time.GetElapsedTime(started);
        metrics.Loaded(elapsed, source);
        Log.Loaded(logger, hash, source, guest.WasmBytes, guest.Engine.Class.ToString(), (long)elapsed.TotalMilliseconds);
        return new LoadedComponent(bundle.Extension, bundle.Version, guest, bytes);
    }

    private Refusal Refuse(ContentHash hash, Refusal refusal, long started)
    {
        metrics.Loaded(time.GetElapsedTime(started), "refused");
        Log.NotLoaded(logger, hash, refusal.Message);
        return refusal;
    }
}
