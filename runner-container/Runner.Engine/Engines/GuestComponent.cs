using Alga.Extensions.Contracts;
using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>A compiled component, shared by all its invocations. Dispose it only when none of them runs any more.</summary>
public sealed class GuestComponent : IDisposable
{
    /// <summary>The interface that answers requests.</summary>
    public const string HttpHandler = "alga:extension/http-handler@2.0.0";

    /// <summary>The refusal of a component that does not answer requests.</summary>
    public static readonly Refusal NoHandler = new(
        ErrorCode.BundleUnavailable, $"The component does not export {HttpHandler}, which answers requests; build it with the current extension SDK.");

    private readonly ComponentExport interfaceExport;

    private GuestComponent(GuestEngine engine, Component component, ComponentExport interfaceExport, ComponentExport handle, int wasmBytes)
    {
        Engine = engine;
        Component = component;
        this.interfaceExport = interfaceExport;
        Handle = handle;
        WasmBytes = wasmBytes;
    }

    /// <summary>The engine that it belongs to.</summary>
    public GuestEngine Engine { get; }

    /// <summary>Size of the component before compilation, in bytes.</summary>
    public int WasmBytes { get; }

    internal Component Component { get; }

    /// <summary>Index of <c>handle</c>: looked up once here, and good for every instance.</summary>
    internal ComponentExport Handle { get; }

    /// <summary>The compiled form for <see cref="GuestEngine.Restore"/>, about three times the size of the component.</summary>
    public byte[] Serialize() => Component.Serialize();

    public void Dispose()
    {
        Handle.Dispose();
        interfaceExport.Dispose();
        Component.Dispose();
    }

    internal static Outcome<GuestComponent> Create(GuestEngine engine, Component component, int wasmBytes)
    {
        var handler = component.GetExport(HttpHandler);
        var handle = handler is null ? null : component.GetExport("handle", handler);
        if (handler is not null && handle is not null) return new GuestComponent(engine, component, handler, handle, wasmBytes);
        handler?.Dispose();
        component.Dispose();
        return NoHandler;
    }
}
