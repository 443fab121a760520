using Alga.Extensions.Contracts;
using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>A compiled component, shared by all its invocations. Dispose it only when none of them runs any more.</summary>
public sealed class GuestComponent : IDisposable
{
    /// <summary>The interface that answers requests.</summary>
    public const string HttpHandler = "alga:extension/http-handler@2.0.0";

    /// <summary>The interface that receives events.</summary>
    public const string EventHandler = "alga:extension/event-handler@2.0.0";

    /// <summary>The refusal of a component that does not answer what it is called for.</summary>
    public static readonly Refusal NoHandler = new(
        ErrorCode.BundleUnavailable, $"The component does not export {HttpHandler}, which answers requests, or {EventHandler}, which receives events; build it with the current extension SDK.");

    private readonly ComponentExport[] exports;
    private readonly SharedCode? shared;

    private GuestComponent(GuestEngine engine, Component component, ComponentExport[] exports, int wasmBytes, SharedCode? shared)
    {
        if (shared is not null) ObjectDisposedException.ThrowIf(!shared.TryUse(), shared);
        this.shared = shared;
        Engine = engine;
        Component = component;
        this.exports = exports;
        WasmBytes = wasmBytes;
    }

    /// <summary>The engine that it belongs to.</summary>
    public GuestEngine Engine { get; }

    /// <summary>Size of the component before compilation, in bytes.</summary>
    public int WasmBytes { get; }

    internal Component Component { get; }

    /// <summary>What links an instance of it to the host, and to the code that it shares.</summary>
    internal ComponentLinker Linker => shared?.Linker ?? Engine.Linker;

    /// <summary>The same for invocations with random numbers and clocks of their own.</summary>
    internal ComponentLinker SourcedLinker => shared?.SourcedLinker ?? Engine.SourcedLinker;

    /// <summary>Whether it answers requests. One that does not receives events.</summary>
    public bool AnswersRequests => Handle is not null;

    /// <summary>Index of <c>handle</c> for requests: looked up once here, and good for every instance. Null where there is none.</summary>
    internal ComponentExport? Handle { get; private init; }

    /// <summary>Index of <c>handle</c> for events; null where there is none.</summary>
    internal ComponentExport? EventHandle { get; private init; }

    /// <summary>Index of the function that tells the size of its memory; null where it was compiled without.</summary>
    internal ComponentExport? MemoryPages { get; private init; }

    /// <summary>The compiled form for <see cref="GuestEngine.Restore"/>, about three times the size of the component.</summary>
    public byte[] Serialize() => Component.Serialize();

    public void Dispose()
    {
        foreach (var export in exports) export.Dispose();
        Component.Dispose();
        shared?.Dispose();
    }

    internal static Outcome<GuestComponent> Create(GuestEngine engine, Component component, int wasmBytes, SharedCode? shared)
    {
        var exports = new List<ComponentExport>(5);
        var handle = Find(component, HttpHandler, exports);
        var eventHandle = Find(component, EventHandler, exports);
        var pages = component.GetExport(PlatformExports.MemoryPages);
        if (pages is not null) exports.Add(pages);
        var guest = new GuestComponent(engine, component, [.. exports], wasmBytes, shared) { Handle = handle, EventHandle = eventHandle, MemoryPages = pages };
        if (handle is not null || eventHandle is not null) return guest;
        guest.Dispose();
        return NoHandler;
    }

    private static ComponentExport? Find(Component component, string name, List<ComponentExport> exports)
    {
        if (component.GetExport(name) is not { } found) return null;
        exports.Add(found);
        if (component.GetExport("handle", found) is not { } handle) return null;
        exports.Add(handle);
        return handle;
    }
}
