using System.Text.Json;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Gateway.Resolve;

/// <summary>A tenant's install as it is stored.</summary>
internal sealed record Install(
    Guid InstallId,
    string ExtensionId,
    Guid VersionId,
    string Version,
    ContentHash ContentHash,
    bool Enabled,
    IReadOnlyList<string> GrantedCapabilities,
    IReadOnlyList<string> GrantedEgress,
    IReadOnlyDictionary<string, JsonElement> Config);
