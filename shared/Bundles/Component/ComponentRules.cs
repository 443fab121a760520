using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>
/// What a component may import and must export, by name. The interfaces of <c>alga:extension</c> may all be imported; which of them need a
/// capability, <see cref="ComponentCheck"/> says. Of WASI, only what gives a guest a clock, random numbers
/// and streams that lead nowhere.
/// </summary>
public static partial class ComponentRules
{
    private const string HttpHandler = "alga:extension/http-handler@2.0.0";
    private const string EventHandler = "alga:extension/event-handler@2.0.0";

    private static readonly FrozenSet<string> Platform = new[] { "types", "context", "log", "metrics", "storage", "http", "secrets" }
        .Select(name => $"alga:extension/{name}@2.0.0").ToFrozenSet(StringComparer.Ordinal);

    // Without version: each 0.2 release has them. The runner gives them no file, no environment and no argument.
    private static readonly FrozenSet<string> Wasi = FrozenSet.ToFrozenSet(
    [
        "wasi:cli/environment", "wasi:cli/exit", "wasi:cli/stderr", "wasi:cli/stdin", "wasi:cli/stdout",
        "wasi:cli/terminal-input", "wasi:cli/terminal-output", "wasi:cli/terminal-stderr", "wasi:cli/terminal-stdin", "wasi:cli/terminal-stdout",
        "wasi:clocks/monotonic-clock", "wasi:clocks/wall-clock",
        "wasi:filesystem/preopens", "wasi:filesystem/types",
        "wasi:io/error", "wasi:io/poll", "wasi:io/streams",
        "wasi:random/insecure", "wasi:random/insecure-seed", "wasi:random/random",
    ]);

    /// <summary>Lists everything that is wrong, each with what to change; empty when nothing is.</summary>
    /// <param name="component">The component's names.</param>
    /// <param name="answersHttp">Whether the manifest has <c>api.endpoints</c>.</param>
    /// <param name="receivesEvents">Whether the manifest has <c>events</c>.</param>
    public static IReadOnlyList<string> FindFaults(ComponentImports component, bool answersHttp, bool receivesEvents)
    {
        var faults = component.Imports.Select(FindImportFault).OfType<string>().ToList();
        if (component.Exports.Contains(PlatformExports.MemoryPages, StringComparer.Ordinal))
            faults.Add($"The component exports {PlatformExports.MemoryPages}, a name that the platform keeps for itself. Give the export another name.");
        if (answersHttp && !component.Exports.Contains(HttpHandler, StringComparer.Ordinal))
            faults.Add($"The component does not export {HttpHandler}, although the manifest has api.endpoints. Export httpHandler, or remove the endpoints.");
        if (receivesEvents && !component.Exports.Contains(EventHandler, StringComparer.Ordinal))
            faults.Add($"The component does not export {EventHandler}, although the manifest has events. Export eventHandler, or remove the events.");
        return faults;
    }

    /// <summary>The faults as one refusal; null when there are none.</summary>
    public static Refusal? Check(ComponentImports component, bool answersHttp, bool receivesEvents)
    {
        var faults = FindFaults(component, answersHttp, receivesEvents);
        return faults.Count == 0 ? null : BundleRefusal.Of(string.Join('\n', faults));
    }

    private static string? FindImportFault(string name)
    {
        if (Platform.Contains(name)) return null;
        var shown = Printable(name);
        if (name.StartsWith("wasi:sockets/", StringComparison.Ordinal) || name.StartsWith("wasi:http/", StringComparison.Ordinal))
            return $"The component imports {shown}: extensions have no network of their own. Use alga:extension/http@2.0.0 with the capability http.fetch.";
        if (name.StartsWith("alga:extension/", StringComparison.Ordinal))
            return $"The component imports {shown}, which version 2.0.0 of alga:extension does not have. Build it with the platform's extension.wit.";
        var version = WasiVersion().Match(name);
        return version.Success && Wasi.Contains(name[..version.Index])
            ? null
            : $"The component imports {shown}, which this platform does not offer. Build it for the world alga:extension/extension with WASI 0.2.";
    }

    // Names come from a publisher and end up in terminals and logs.
    internal static string Printable(string name) =>
        $"'{new string([.. name.Take(128).Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '?' : character)])}'";

    [GeneratedRegex(@"@0\.2\.(?:0|[1-9][0-9]{0,3})\z", RegexOptions.CultureInvariant)]
    private static partial Regex WasiVersion();
}
