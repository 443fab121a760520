using Wasmtime;
using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Gives a linker everything that a guest may import. WASI preview 2 comes whole, sockets included; whoever loads a
/// component refuses those imports beforehand, and an empty <c>WasiConfiguration</c> allows no address.
/// </summary>
internal static class HostImports
{
    private const string Package = "alga:extension/";
    private const string Version = "@2.0.0";

    public static void Define(ComponentLinker linker)
    {
        linker.AddWasiPreview2();
        using var root = linker.Root();
        // Types only; a component that uses them imports the interface all the same.
        using (root.AddInstance(Package + "types" + Version))
        {
        }

        Define(root, "context", ContextImports.Functions);
        Define(root, "log", LogImports.Functions);
        Define(root, "metrics", MetricsImports.Functions);
        Define(root, "storage", StorageImports.Functions);
        Define(root, "http", HttpImports.Functions);
        Define(root, "secrets", SecretsImports.Functions);
    }

    private static void Define(ComponentLinkerInstance root, string name, HostFunction[] functions)
    {
        using var instance = root.AddInstance(Package + name + Version);
        foreach (var function in functions) instance.DefineFunction(function.Name, Guard(function.Body));
    }

    /// <summary>Keeps what a host call throws on our side: the guest's trap, and with it whoever reads its text, learns nothing.</summary>
    private static ComponentFunctionCallback Guard(HostFunctionBody body) => (arguments, results) =>
    {
        var running = RunningInvocation.Current;
        try
        {
            var result = body(running.Host, arguments);
            if (results.Length > 0) results[0] = result!;
        }
        catch (Exception exception)
        {
            running.Fault ??= exception;
            throw new WasmtimeException("host call failed");
        }
    };
}

/// <summary>A function of a host interface: reads its arguments, calls the host, gives the result or null for none.</summary>
internal delegate ComponentValue? HostFunctionBody(IHostCalls host, ReadOnlySpan<ComponentValue> arguments);

/// <summary>A host function and its WIT name.</summary>
internal sealed record HostFunction(string Name, HostFunctionBody Body);
