using System.Text.Json;
using Alga.Extensions.Manifest;

namespace Alga.Extensions.Registry.Install;

// Members that may be left out have setters: the JSON source generator gives an absent init-only member null, not its default.

/// <summary>Body of <c>PUT /api/tenant/installs/{name}</c>: the whole state that the install shall have.</summary>
public sealed record InstallRequest
{
    /// <summary>A published version.</summary>
    public required string Version { get; init; }

    /// <summary>What the tenant allows; nothing when absent, because a new version gains no power in silence.</summary>
    public InstallGrants Grants { get; set; } = new();

    /// <summary>Non-secret settings, a JSON object; <c>{}</c> when absent.</summary>
    public JsonElement? Config { get; init; }

    /// <summary>Which new versions the install moves to by itself: <c>pin</c>, <c>patch</c> or <c>minor</c>; as it was when absent, <c>pin</c> at first.</summary>
    public string? Policy { get; init; }
}

/// <summary>What a tenant allows an extension, always part of what its manifest declares; or what a manifest declares.</summary>
public sealed record InstallGrants
{
    /// <summary>Names of <c>Capability</c>.</summary>
    public IReadOnlyList<string> Capabilities { get; set; } = [];

    /// <summary>Hosts for <c>http.fetch</c>, as the manifest writes them.</summary>
    public IReadOnlyList<string> Egress { get; set; } = [];

    /// <summary>What a manifest asks for, sorted.</summary>
    public static InstallGrants AskedBy(ExtensionManifest manifest) => Sorted(manifest.Capabilities, manifest.Egress);

    /// <summary>Grants in order and without repetition.</summary>
    public static InstallGrants Sorted(IEnumerable<string> capabilities, IEnumerable<string> egress) => new()
    {
        Capabilities = [.. capabilities.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        Egress = [.. egress.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
    };

    /// <summary>Whether both hold the same; both are sorted.</summary>
    public bool IsSame(InstallGrants other) => Capabilities.SequenceEqual(other.Capabilities) && Egress.SequenceEqual(other.Egress);

    /// <summary>What is in both.</summary>
    public InstallGrants Within(InstallGrants other) =>
        Sorted(Capabilities.Intersect(other.Capabilities, StringComparer.Ordinal), Egress.Intersect(other.Egress, StringComparer.Ordinal));

    /// <summary>What is in either.</summary>
    public InstallGrants And(InstallGrants other) => Sorted(Capabilities.Concat(other.Capabilities), Egress.Concat(other.Egress));

    /// <summary>What is here and not there.</summary>
    public InstallGrants Without(InstallGrants other) =>
        Sorted(Capabilities.Except(other.Capabilities, StringComparer.Ordinal), Egress.Except(other.Egress, StringComparer.Ordinal));

    /// <summary>Whether nothing is granted or asked for.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsEmpty => Capabilities.Count == 0 && Egress.Count == 0;
}
