using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Gives a linker everything that a guest may import. WASI preview 2 comes whole, sockets included; whoever loads a
/// component refuses those imports beforehand, and an empty configuration (<see cref="GuestStore.SetEmptyWasi"/>) allows no address. Only its timers are not as they
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
        Define(root, "types", []);
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
        foreach (var function in functions) function.Define(instance);
    }
}
