using System.Text.Json;

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
}

/// <summary>What a tenant allows an extension; always part of what its manifest declares.</summary>
public sealed record InstallGrants
{
    /// <summary>Names of <c>Capability</c>.</summary>
    public IReadOnlyList<string> Capabilities { get; set; } = [];

    /// <summary>Hosts for <c>http.fetch</c>, as the manifest writes them.</summary>
    public IReadOnlyList<string> Egress { get; set; } = [];
}
