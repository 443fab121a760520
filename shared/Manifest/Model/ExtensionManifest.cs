using System.Text.Json;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Manifest;

/// <summary>A manifest v2 that breaks no rule. Only <see cref="ManifestReader"/> makes one.</summary>
public sealed record ExtensionManifest
{
    /// <summary>The extension's name, its id on every wire; see <see cref="ExtensionName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Who may publish it; see <see cref="PublisherName"/>.</summary>
    public required string Publisher { get; init; }

    /// <summary>SemVer 2, at most 128 characters.</summary>
    public required string Version { get; init; }

    /// <summary>For menus and lists, 1 to 80 characters.</summary>
    public required string DisplayName { get; init; }

    /// <summary>At most 1,000 characters; empty when left out.</summary>
    public required string Description { get; init; }

    /// <summary>Always <c>wasm-component@2</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>The component in the bundle; always <c>dist/main.wasm</c>.</summary>
    public required string Entry { get; init; }

    /// <summary>Names of <see cref="Capability"/> that the extension asks for.</summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>Host patterns for <c>http.fetch</c>; empty means none. See <see cref="EgressHost"/>.</summary>
    public required IReadOnlyList<string> Egress { get; init; }

    /// <summary>Secrets that an install holds for the extension.</summary>
    public required IReadOnlyList<DeclaredSecret> Secrets { get; init; }

    /// <summary>JSON Schema of the install's settings; null when it has none.</summary>
    public JsonElement? Config { get; init; }

    /// <summary>Namespaces of the key-value storage; not empty exactly when <c>storage.kv</c> is asked for.</summary>
    public required IReadOnlyList<string> StorageNamespaces { get; init; }

    /// <summary>HTTP endpoints; what is not here is not found.</summary>
    public required IReadOnlyList<ManifestEndpoint> Endpoints { get; init; }

    /// <summary>Events that are delivered to the extension.</summary>
    public required IReadOnlyList<EventSubscription> Events { get; init; }

    /// <summary>What the platform starts by the clock.</summary>
    public required IReadOnlyList<ManifestSchedule> Schedules { get; init; }

    /// <summary>Whether the component must have an event handler.</summary>
    public bool ReceivesEvents => Events.Count > 0 || Schedules.Any(schedule => schedule.Topic is not null);

    /// <summary>The user interface; null when it has none.</summary>
    public ManifestUi? Ui { get; init; }

    /// <summary>Target triple to bundle path. Kept for information: the platform only runs what it compiled itself.</summary>
    public required IReadOnlyDictionary<string, string> Precompiled { get; init; }

    /// <summary>Patterns of asset files, for information.</summary>
    public required IReadOnlyList<string> Assets { get; init; }

    /// <summary>Bundle path of a software bill of materials; null when there is none.</summary>
    public string? Sbom { get; init; }

    /// <summary>What the extension asks for.</summary>
    public required ManifestLimits Limits { get; init; }
}
