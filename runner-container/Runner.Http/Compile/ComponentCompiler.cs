using System.Collections.Concurrent;
using System.Security.Cryptography;
using Alga.Extensions.Bundles.Rewriting;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Compiler;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Has components compiled, two at a time, each once however many ask for it, and keeps what comes out on disk and in the bundle
/// store. Nothing of the compiler's answer is kept before the engine took it. Code that a component shares with others is compiled
/// apart from it, and once.
/// </summary>
public sealed class ComponentCompiler(
    CompilerProcess process, EngineSet engines, SharedCodes sharedCodes, CompiledCache cache, CompiledBlobs blobs, RefusedComponents refused, PlatformKeys keys,
    RunnerMetrics metrics, TimeProvider time) : IDisposable
{
    // Two, so that a request's component need not wait for all that is compiled ahead.
    private readonly SemaphoreSlim lanes = new(2);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<CompiledIdentity, Lazy<Task<Outcome<CompiledCode>>>> running = new(ByBundle.Instance);

    /// <summary>Gives the compiled form, or <c>bundle_unavailable</c>. Who stops waiting does not stop the work.</summary>
    public Task<Outcome<CompiledCode>> CompileAsync(CompiledIdentity identity, ReadOnlyMemory<byte> wasm, CancellationToken cancellationToken)
    {
        var work = running.GetOrAdd(identity, key => new Lazy<Task<Outcome<CompiledCode>>>(() => Task.Run(() => WorkAsync(key, wasm))));
        return work.Value.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        stopping.Cancel();
        // Ends soon, since the processes are killed; whoever waits for the outcome learns it there.
        Task.WhenAll(running.Values.Select(work => work.Value)).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        stopping.Dispose();
        lanes.Dispose();
    }

    private async Task<Outcome<CompiledCode>> WorkAsync(CompiledIdentity identity, ReadOnlyMemory<byte> wasm)
    {
        try
        {
            if (refused.TryGet(identity.WasmDigest.Span, out var known)) return known;
            return await TryCompileLinkedAsync(identity, wasm) is { } linked ? linked : await InLaneAsync(() => CompileWholeAsync(identity, wasm));
        }
        finally
        {
            running.TryRemove(identity, out _);
        }
    }

    private async Task<T> InLaneAsync<T>(Func<Task<T>> work)
    {
        await lanes.WaitAsync(stopping.Token);
        try
        {
            return await work();
        }
        finally
        {
            lanes.Release();
        }
    }

    /// <summary>Compiles what a component has for itself; null where that is all, or where it does not work out: the whole component tells then what is wrong.</summary>
    private async Task<CompiledCode?> TryCompileLinkedAsync(CompiledIdentity identity, ReadOnlyMemory<byte> wasm)
    {
        if (wasm.Length >= EngineOptions.LargeBytes) return null;
        // In a lane, since taking a hostile component apart can need a lot of memory; and out of it while the shared code is compiled, which has one of its own.
        if (await InLaneAsync(() => Task.FromResult(ComponentSplit.TrySplit(wasm, out var parts) ? parts : null)) is not { } split) return null;
        if (await sharedCodes.MakeAsync(split.Code, identity.IsMetered, stopping.Token) is not { } shared) return null;
        using (shared.Code)
        {
            var started = time.GetTimestamp();
            var outcome = await InLaneAsync(() => process.CompileAsync(WithGauge(split.Component), identity.IsMetered, stopping.Token, CompilerFlags.Linked));
            if (!outcome.TryGet(out var answer, out _)) return null;
            using (var guest = shared.Code.Engine.Restore(answer.Code, wasm.Length, shared.Code))
            {
                if (guest is null) return null;
            }

            metrics.Compiled(time.GetElapsedTime(started));
            return await KeepAsync(identity, CompiledCode.Seal(identity, keys.CompiledCode, answer.Class, answer.Code, SHA256.HashData(split.Code)));
        }
    }

    private async Task<Outcome<CompiledCode>> CompileWholeAsync(CompiledIdentity identity, ReadOnlyMemory<byte> wasm)
    {
        var started = time.GetTimestamp();
        var gauged = WithGauge(wasm);
        var outcome = await process.CompileAsync(gauged, identity.IsMetered, stopping.Token);
        // Not for something that was added to it is a component refused.
        if (gauged.Length != wasm.Length && !outcome.TryGet(out _, out var why) && why == GuestEngine.NotCompilable) outcome = await process.CompileAsync(wasm, identity.IsMetered, stopping.Token);
        if (!outcome.TryGet(out var answer, out var refusal)) return Remember(identity, refusal);
        using (var guest = engines.For(answer.Class, identity.IsMetered).Restore(answer.Code, wasm.Length))
        {
            if (guest is null) return Remember(identity, GuestEngine.NotCompilable);
        }

        metrics.Compiled(time.GetElapsedTime(started));
        return await KeepAsync(identity, CompiledCode.Seal(identity, keys.CompiledCode, answer.Class, answer.Code));
    }

    private static ReadOnlyMemory<byte> WithGauge(ReadOnlyMemory<byte> component) => MemoryGauge.TryAdd(component, out var gauged) ? gauged : component;

    private async Task<CompiledCode> KeepAsync(CompiledIdentity identity, CompiledCode code)
    {
        cache.Write(identity, keys.CompiledCode, code);
        await blobs.WriteAsync(identity, keys.CompiledCode, code, stopping.Token);
        return code;
    }

    private Refusal Remember(CompiledIdentity identity, Refusal refusal)
    {
        // A compiler that does not work says nothing about the component.
        if (refusal != CompilerProcess.NotRun) refused.Add(identity.WasmDigest.Span, refusal);
        return refusal;
    }

    /// <summary>A bundle holds one component, and the rest of engine and target are those of this process.</summary>
    private sealed class ByBundle : IEqualityComparer<CompiledIdentity>
    {
        public static readonly ByBundle Instance = new();

        public bool Equals(CompiledIdentity? x, CompiledIdentity? y) => x?.Source == y?.Source && x?.IsMetered == y?.IsMetered;

        public int GetHashCode(CompiledIdentity identity) => identity.Source.GetHashCode();
    }
}
