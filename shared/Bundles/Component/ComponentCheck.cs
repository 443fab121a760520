using Alga.Extensions.Bundles.Types;

namespace Alga.Extensions.Bundles;

/// <summary>
/// Everything about a component that can be said without compiling it: names of imports and exports, their types against
/// <c>extension.wit</c>, capabilities, and what of its core modules no sandbox would take.
/// </summary>
public static class ComponentCheck
{
    private const string Package = "alga:extension/";
    private const string Version = "@2.0.0";

    /// <summary>Lists what is wrong, each with what to change; empty when nothing is. Never throws because of the bytes.</summary>
    public static IReadOnlyList<string> FindFaults(ReadOnlySpan<byte> wasm, ComponentDemands demands)
    {
        if (!ComponentImports.Read(wasm).TryGet(out var names, out var refusal)) return [refusal.Message];
        var faults = ComponentRules.FindFaults(names, demands.AnswersHttp, demands.ReceivesEvents)
            .Concat(CapabilityImports.FindFaults(names, demands.Capabilities)).ToList();
        // What is wrong with a name is said once; its type would be wrong as well.
        if (faults.Count == 0) faults.AddRange(FindTypeFaults(wasm, demands));
        faults.AddRange(CoreModules.FindFaults(wasm, demands.MemoryMb));
        return faults;
    }

    private static List<string> FindTypeFaults(ReadOnlySpan<byte> wasm, ComponentDemands demands)
    {
        var shapes = new ShapeTable();
        if (ComponentTypes.Read(wasm, shapes) is not { } component)
        {
            return ["The types of the component cannot be read: it is damaged, or made for asynchronous WASI, which this platform does not offer. Build it for the world alga:extension/extension with WASI 0.2."];
        }

        var known = WitReader.Read(shapes);
        var faults = new List<string>();
        foreach (var (name, functions) in known)
        {
            if (component.Imports.GetValueOrDefault(Package + name + Version) is { } import) AddImportFaults(faults, name, import, functions);
        }

        if (demands.AnswersHttp) AddExportFaults(faults, "http-handler", component, known);
        if (demands.ReceivesEvents) AddExportFaults(faults, "event-handler", component, known);
        return faults;
    }

    private static void AddImportFaults(List<string> faults, string name, Entity import, IReadOnlyDictionary<string, int> functions)
    {
        if (import.Kind != EntityKind.Instance)
        {
            faults.Add($"The component imports {Package}{name}{Version} as something else than an interface. Build it with the platform's extension.wit.");
            return;
        }

        foreach (var (function, entity) in import.Exports!)
        {
            if (entity.Kind == EntityKind.Type) continue;
            if (!functions.TryGetValue(function, out var shape)) faults.Add($"The component imports {ComponentRules.Printable(function)} of {Package}{name}{Version}, which has no such function. Build it with the platform's extension.wit.");
            else if (entity.Kind != EntityKind.Function || entity.Shape != shape) faults.Add($"The component imports '{function}' of {Package}{name}{Version} with other types than extension.wit gives it. Build it with the platform's extension.wit.");
        }
    }

    private static void AddExportFaults(List<string> faults, string name, Scope component, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> known)
    {
        var exported = component.Exports.GetValueOrDefault(Package + name + Version);
        foreach (var (function, shape) in known[name])
        {
            if (exported?.Exports?.GetValueOrDefault(function) is { Kind: EntityKind.Function } found)
            {
                if (found.Shape != shape) faults.Add($"The component exports '{function}' of {Package}{name}{Version} with other types than extension.wit gives it. Build it with the platform's extension.wit.");
            }
            else
            {
                faults.Add($"The component exports {Package}{name}{Version} without its function '{function}'. Build it with the platform's extension.wit.");
            }
        }
    }
}
