using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alga.Extensions.Gateway.Host;

/// <summary>Answer of <c>GET /api/host/extensions</c>.</summary>
/// <param name="Items">By name.</param>
public sealed record HostExtensionList(IReadOnlyList<HostExtension> Items);

/// <summary>An extension that the caller's tenant has installed and enabled.</summary>
public sealed record HostExtension
{
    public required Guid InstallId { get; init; }

    public required string ExtensionId { get; init; }

    public required string Version { get; init; }

    public required string ContentHash { get; init; }

    public required string DisplayName { get; init; }

    public required string Description { get; init; }

    /// <summary>Its page; null for one that has none.</summary>
    public HostExtensionPage? Ui { get; init; }
}

/// <summary>What a host application needs to show a page.</summary>
public sealed record HostExtensionPage
{
    /// <summary>Path in the bundle.</summary>
    public required string Entry { get; init; }

    /// <summary>URL for the frame, from <c>RUNNER_PUBLIC_BASE</c>; null where the gateway was not told it.</summary>
    public string? Src { get; init; }

    /// <summary>Names the list of the tenant's own hosts, as <c>src</c> does: for host applications that build the URL. Null for a tenant with the platform's hosts only.</summary>
    public string? Hosts { get; init; }

    /// <summary>Where the page wants to be offered, as in the manifest: <c>{"appMenu":{"label":"Reports"}}</c>.</summary>
    public required JsonElement Hooks { get; init; }
}

/// <summary>Source-generated JSON of the host's list.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HostExtensionList))]
internal sealed partial class HostJson : JsonSerializerContext
{
}
