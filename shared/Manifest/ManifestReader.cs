using System.Text.Json;
using Alga.Extensions.Manifest.Reading;
using Alga.Extensions.Manifest.Rules;

namespace Alga.Extensions.Manifest;

/// <summary>The one validator of manifests, used by the command line, the registry and whatever reads a stored manifest.</summary>
public static class ManifestReader
{
    /// <summary>Largest manifest, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private const string Whole = "manifest.json";

    /// <summary>Reads a manifest strictly and reports every fault there is. Never throws because of the bytes.</summary>
    public static ManifestResult Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxBytes) return Invalid($"has {json.Length} bytes, more than the {MaxBytes} allowed; shorten it");
        using var document = JsonText.Parse(json, out var fault);
        if (document is null) return Invalid(fault);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? Read(document.RootElement)
            : Invalid("must hold one JSON object");
    }

    private static ManifestResult Read(JsonElement root)
    {
        var faults = new List<ManifestFault>();
        var section = new Section(root, "", faults);
        TopLevelRule.Check(section);
        ManifestVersionRule.Check(section);
        var capabilities = CapabilitiesRule.Read(section);
        var endpoints = EndpointsRule.Read(section);
        var manifest = new ExtensionManifest
        {
            Name = NameRule.Read(section),
            Publisher = PublisherRule.Read(section),
            Version = VersionRule.Read(section),
            DisplayName = DisplayRule.ReadName(section),
            Description = DisplayRule.ReadDescription(section),
            Runtime = RuntimeRule.Read(section),
            Entry = EntryRule.Read(section),
            Capabilities = capabilities,
            Egress = EgressRule.Read(section, capabilities),
            Secrets = SecretsRule.Read(section, capabilities),
            Config = ConfigRule.Read(section),
            StorageNamespaces = StorageRule.Read(section, capabilities),
            Endpoints = endpoints,
            Events = EventsRule.Read(section),
            Schedules = SchedulesRule.Read(section, endpoints),
            Ui = UiRule.Read(section),
            Precompiled = PrecompiledRule.Read(section),
            Assets = AssetsRule.Read(section),
            Sbom = SbomRule.Read(section),
            Limits = LimitsRule.Read(section),
        };
        return faults.Count == 0 ? new(manifest, []) : new(null, faults);
    }

    private static ManifestResult Invalid(string problem) => new(null, [new ManifestFault(Whole, problem)]);
}
