namespace Alga.Extensions.Registry.Quotas;

/// <summary>Body of <c>PUT /api/registry/tenants/{tenant}/quota</c>: all that is said of the tenant as a whole.</summary>
public sealed record TenantQuotaRequest
{
    /// <summary>Name of its plan; <c>default</c> when absent.</summary>
    public string? Plan { get; init; }

    /// <summary>What differs from the plan; nothing when absent.</summary>
    public QuotaValues? Limits { get; init; }
}

/// <summary>What an operator set for a tenant.</summary>
public sealed record TenantQuotaView
{
    public required Guid TenantId { get; init; }

    /// <summary>Name of its plan.</summary>
    public required string Plan { get; init; }

    /// <summary>What differs from the plan for the tenant as a whole.</summary>
    public required QuotaValues Limits { get; init; }

    /// <summary>What differs for single extensions, by name.</summary>
    public required IReadOnlyList<ExtensionQuotaView> Extensions { get; init; }
}

/// <summary>What an operator set for one extension of a tenant.</summary>
/// <param name="Name">The extension's name.</param>
/// <param name="Limits">What differs from the tenant's plan.</param>
public sealed record ExtensionQuotaView(string Name, QuotaValues Limits);
