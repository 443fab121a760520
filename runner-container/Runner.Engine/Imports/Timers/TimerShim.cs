using Wasmtime.Components;
using WasmEngine = Wasmtime.Engine;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// A component of ours that asks WASI for timers on behalf of a guest, and for none that ends later than it is told. It is started
/// beside the guest, in the guest's store, when that asks for its first timer: only code of a component can hold what WASI gives out.
/// </summary>
internal sealed class TimerShim : IDisposable
{
    /// <summary>Core instances that it takes.</summary>
    public const int CoreInstances = 2;

    private const string Text =
        """
        (component
          (import "wasi:io/poll@0.2.0" (instance $poll (export "pollable" (type $pollable (sub resource)))))
          (alias export $poll "pollable" (type $pollable))
          (import "wasi:clocks/monotonic-clock@0.2.0" (instance $clock
            (alias outer 1 $pollable (type $outer))
            (export "pollable" (type $p (eq $outer)))
            (export "now" (func (result u64)))
            (export "subscribe-instant" (func (param "when" u64) (result (own $p))))
            (export "subscribe-duration" (func (param "when" u64) (result (own $p))))))
          (core func $now (canon lower (func $clock "now")))
          (core func $at (canon lower (func $clock "subscribe-instant")))
          (core func $after (canon lower (func $clock "subscribe-duration")))
          (core instance $host (export "now" (func $now)) (export "at" (func $at)) (export "after" (func $after)))
          (core module $m
            (import "host" "now" (func $now (result i64)))
            (import "host" "at" (func $at (param i64) (result i32)))
            (import "host" "after" (func $after (param i64) (result i32)))
            (func $least (param $a i64) (param $b i64) (result i64)
              (select (local.get $a) (local.get $b) (i64.lt_u (local.get $a) (local.get $b))))
            (func (export "at") (param $when i64) (param $most i64) (result i32)
              (call $at (call $least (local.get $when) (i64.add (call $now) (local.get $most)))))
            (func (export "after") (param $when i64) (param $most i64) (result i32)
              (call $after (call $least (local.get $when) (local.get $most)))))
          (core instance $i (instantiate $m (with "host" (instance $host))))
          (func (export "at") (param "when" u64) (param "most" u64) (result (own $pollable)) (canon lift (core func $i "at")))
          (func (export "after") (param "when" u64) (param "most" u64) (result (own $pollable)) (canon lift (core func $i "after"))))
        """;

    private readonly GuestLinker linker;
    private readonly Component component;
    private readonly ComponentExport at;
    private readonly ComponentExport after;
    private readonly nint handle;
    private readonly nint atHandle;
    private readonly nint afterHandle;

    public TimerShim(WasmEngine engine)
    {
        var wasi = new ComponentLinker(engine);
        wasi.AddWasiPreview2();
        linker = new GuestLinker(wasi);
        component = Component.FromText(engine, Text);
        at = component.GetExport("at")!;
        after = component.GetExport("after")!;
        (handle, atHandle, afterHandle) = (BindingHandle.Of(component), BindingHandle.Of(at), BindingHandle.Of(after));
    }

    /// <summary>Starts it beside a guest.</summary>
    /// <returns>
    /// Functions from nanoseconds to a timer: at an instant of WASI's own monotonic clock, and after a duration. The second parameter is how
    /// many nanoseconds from now the timer ends at the latest.
    /// </returns>
    public (NativeFunction At, NativeFunction After) Start(GuestStore store)
    {
        var instance = store.Instantiate(linker.Handle, handle);
        return (store.Find(instance, atHandle)!.Value, store.Find(instance, afterHandle)!.Value);
    }

    public void Dispose()
    {
        at.Dispose();
        after.Dispose();
        component.Dispose();
        linker.Dispose();
    }
}
