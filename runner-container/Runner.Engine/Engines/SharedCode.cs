using Wasmtime;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// A compiled core module that components have in common, and the linkers that give it to them. It lives as long as somebody uses
/// it: whoever made it, whoever was let in by <see cref="TryUse"/>, and each component that was made with it.
/// </summary>
public sealed class SharedCode : IDisposable
{
    private readonly Module module;
    private readonly Lazy<GuestLinker> linker;
    private readonly Lazy<GuestLinker> sourcedLinker;
    private int users = 1;

    internal SharedCode(GuestEngine engine, Module module)
    {
        Engine = engine;
        this.module = module;
        linker = new(() => engine.CreateLinker(ownSources: false, module));
        sourcedLinker = new(() => engine.CreateLinker(ownSources: true, module));
    }

    /// <summary>The engine that it belongs to.</summary>
    public GuestEngine Engine { get; }

    internal GuestLinker Linker => linker.Value;

    internal GuestLinker SourcedLinker => sourcedLinker.Value;

    /// <summary>The compiled form for <see cref="GuestEngine.RestoreShared"/>.</summary>
    public byte[] Serialize() => module.Serialize();

    /// <summary>Adds a user, who disposes it in the end; false when the last one has gone already.</summary>
    public bool TryUse()
    {
        for (var seen = Volatile.Read(ref users); seen > 0;)
        {
            var before = Interlocked.CompareExchange(ref users, seen + 1, seen);
            if (before == seen) return true;
            seen = before;
        }

        return false;
    }

    /// <summary>Takes one user away.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref users) != 0) return;
        if (linker.IsValueCreated) linker.Value.Dispose();
        if (sourcedLinker.IsValueCreated) sourcedLinker.Value.Dispose();
        module.Dispose();
    }
}
