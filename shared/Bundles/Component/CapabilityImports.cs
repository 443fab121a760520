using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>
/// Whether a component asks for more than its manifest. Tools for script languages import what a script or a library in it may call, or the whole
/// world, so a component that says it is one of them, or imports every interface, asks for nothing by that: its calls are denied when they are
/// made. Another one that imports some of them was built for what it uses, and each of these needs its capability.
/// </summary>
internal static class CapabilityImports
{
    private const string Package = "alga:extension/";
    private const string Version = "@2.0.0";

    private static readonly string[] World = ["context", "log", "metrics", "storage", "http", "secrets"];

    private static readonly (string Interface, string Capability, string Line)[] Needed =
    [
        ("metrics", Capability.MetricsEmit, "add \"metrics.emit\" to capabilities in manifest.json"),
        ("storage", Capability.StorageKv, "add \"storage.kv\" to capabilities in manifest.json, and the namespaces to storage.namespaces"),
        ("http", Capability.HttpFetch, "add \"http.fetch\" to capabilities in manifest.json, and the hosts to egress"),
        ("secrets", Capability.SecretsGet, "add \"secrets.get\" to capabilities in manifest.json, and the names to secrets"),
    ];

    public static IEnumerable<string> FindFaults(ComponentImports component, IReadOnlyCollection<string> capabilities)
    {
        var imports = component.Imports.ToHashSet(StringComparer.Ordinal);
        if (component.IsScript || World.All(name => imports.Contains(Package + name + Version))) return [];
        return from needed in Needed
               where imports.Contains(Package + needed.Interface + Version) && !capabilities.Contains(needed.Capability)
               select $"The component imports {Package}{needed.Interface}{Version}, which its manifest does not ask for: {needed.Line}, or do not import it.";
    }
}
