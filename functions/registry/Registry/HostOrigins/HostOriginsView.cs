namespace Alga.Extensions.Registry.HostOrigins;

/// <summary>Body of <c>PUT /api/registry/tenants/{tenant}/host-origins</c>.</summary>
public sealed record HostOriginsRequest
{
    /// <summary>1 to 20 origins, such as <c>https://portal.acme.example</c>.</summary>
    public required IReadOnlyList<string> Origins { get; init; }
}

/// <summary>The hosts that a tenant has at names of its own.</summary>
public sealed record HostOriginsView
{
    public required Guid TenantId { get; init; }

    /// <summary>In alphabetical order; none where the tenant has the platform's hosts only.</summary>
    public required IReadOnlyList<string> Origins { get; init; }

    /// <summary>What URLs of pages name the list by; null without origins.</summary>
    public string? ListId { get; init; }
}
