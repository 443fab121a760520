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
    private readonly Component component;
    private readonly SharedCode? shared;

    private GuestComponent(GuestEngine engine, Component component, ComponentExport[] exports, int wasmBytes, SharedCode? shared)
    {
        if (shared is not null) ObjectDisposedException.ThrowIf(!shared.TryUse(), shared);
        this.shared = shared;
        Engine = engine;
        this.component = component;
        Handle = BindingHandle.Of(component);
        this.exports = exports;
        WasmBytes = wasmBytes;
    }

    /// <summary>The engine that it belongs to.</summary>
    public GuestEngine Engine { get; }

    /// <summary>Size of the component before compilation, in bytes.</summary>
    public int WasmBytes { get; }

    /// <summary>The component for <see cref="GuestStore.Instantiate"/>.</summary>
    internal nint Handle { get; }

    /// <summary>What links an instance of it to the host, and to the code that it shares.</summary>
    internal GuestLinker Linker => shared?.Linker ?? Engine.Linker;

    /// <summary>The same for invocations with random numbers and clocks of their own.</summary>
    internal GuestLinker SourcedLinker => shared?.SourcedLinker ?? Engine.SourcedLinker;

    /// <summary>Whether it answers requests. One that does not receives events.</summary>
    public bool AnswersRequests => HandleRequest is not null;

    /// <summary>Index of <c>handle</c> for requests: looked up once here, and good for every instance. Null where there is none.</summary>
    internal nint? HandleRequest { get; private init; }

    /// <summary>Index of <c>handle</c> for events; null where there is none.</summary>
    internal nint? HandleEvent { get; private init; }

    /// <summary>Index of the function that tells the size of its memory; null where it was compiled without.</summary>
    internal nint? MemoryPages { get; private init; }

    /// <summary>The compiled form for <see cref="GuestEngine.Restore"/>, about three times the size of the component.</summary>
    public byte[] Serialize() => component.Serialize();

    public void Dispose()
    {
        foreach (var export in exports) export.Dispose();
        component.Dispose();
        shared?.Dispose();
    }

    internal static Outcome<GuestComponent> Create(GuestEngine engine, Component component, int wasmBytes, SharedCode? shared)
    {
        var exports = new List<ComponentExport>(5);
        var handleRequest = FindHandle(component, HttpHandler, exports);
        var handleEvent = FindHandle(component, EventHandler, exports);
        var pages = Find(component, PlatformExports.MemoryPages, null, exports);
        var guest = new GuestComponent(engine, component, [.. exports], wasmBytes, shared)
        {
            HandleRequest = handleRequest is null ? null : BindingHandle.Of(handleRequest),
            HandleEvent = handleEvent is null ? null : BindingHandle.Of(handleEvent),
            MemoryPages = pages is null ? null : BindingHandle.Of(pages),
        };
        if (handleRequest is not null || handleEvent is not null) return guest;
        guest.Dispose();
        return NoHandler;
    }

    private static ComponentExport? FindHandle(Component component, string name, List<ComponentExport> exports) =>
        Find(component, name, null, exports) is { } found ? Find(component, "handle", found, exports) : null;

    private static ComponentExport? Find(Component component, string name, ComponentExport? parent, List<ComponentExport> exports)
    {
        var found = component.GetExport(name, parent);
        if (found is not null) exports.Add(found);
        return found;
    }
}
