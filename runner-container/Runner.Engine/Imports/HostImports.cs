using System.Diagnostics;
using Wasmtime;
using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Gives a linker everything that a guest may import. WASI preview 2 comes whole, sockets included; whoever loads a
/// component refuses those imports beforehand, and an empty <c>WasiConfiguration</c> allows no address. Only its timers are not as they
/// come: see <see cref="TimerImports"/>.
/// </summary>
internal static class HostImports
{
    private const string Package = "alga:extension/";
    private const string Version = "@2.0.0";

    /// <param name="linker">An empty linker.</param>
    /// <param name="ownSources">Whether random numbers and clocks come from the invocation's <see cref="IGuestSources"/>.</param>
    public static void Define(ComponentLinker linker, bool ownSources)
    {
        linker.AllowShadowing = true;
        linker.AddWasiPreview2();
        using var root = linker.Root();
        TimerImports.Define(root);
        if (ownSources) SourceImports.Define(root);
        // Types only; a component that uses them imports the interface all the same.
        using (root.AddInstance(Package + "types" + Version))
        {
        }

        // Calls that leave the process have spans, and a guest computes nothing meanwhile; of the others there may be thousands, and each takes microseconds.
        Define(root, "context", ContextImports.Functions, leavesProcess: false);
        Define(root, "log", LogImports.Functions, leavesProcess: false);
        Define(root, "metrics", MetricsImports.Functions, leavesProcess: false);
        Define(root, "storage", StorageImports.Functions, leavesProcess: true);
        Define(root, "http", HttpImports.Functions, leavesProcess: true);
        Define(root, "secrets", SecretsImports.Functions, leavesProcess: true);
    }

    private static void Define(ComponentLinkerInstance root, string name, HostFunction[] functions, bool leavesProcess)
    {
        using var instance = root.AddInstance(Package + name + Version);
        foreach (var function in functions) instance.DefineFunction(function.Name, Guard(function.Body, leavesProcess ? $"{name}.{function.Name}" : null));
    }

    /// <summary>A call that leaves the process has the name of its span, and the guest has no turn meanwhile.</summary>
    private static ComponentFunctionCallback Guard(HostFunctionBody body, string? span) => span is null
        ? (arguments, results) => Call(body, RunningInvocation.Current, null, arguments, results)
        : (arguments, results) =>
        {
            var running = RunningInvocation.Current;
            running.Turns?.Leave();
            try
            {
                using var activity = HostCallSpans.Start(span, running);
                Call(body, running, activity, arguments, results);
            }
            finally
            {
                running.Turns?.Return();
            }
        };

    /// <summary>Keeps what a host call throws on our side: the guest's trap, and with it whoever reads its text, learns nothing.</summary>
    private static void Call(HostFunctionBody body, RunningInvocation running, Activity? activity, ReadOnlySpan<ComponentValue> arguments, Span<ComponentValue> results)
    {
        try
        {
            var result = body(running.Host, arguments);
            if (results.Length > 0) results[0] = result!;
            activity?.SetTag(HostCallSpans.Outcome, running.LastError ?? "ok");
        }
        catch (Exception exception)
        {
            running.Fault ??= exception;
            activity?.SetStatus(ActivityStatusCode.Error);
            throw new WasmtimeException("host call failed");
        }
    }
}

/// <summary>A function of a host interface: reads its arguments, calls the host, gives the result or null for none.</summary>
internal delegate ComponentValue? HostFunctionBody(IHostCalls host, ReadOnlySpan<ComponentValue> arguments);

/// <summary>A host function and its WIT name.</summary>
internal sealed record HostFunction(string Name, HostFunctionBody Body);
