namespace Alga.Extensions.Registry.Quotas;

/// <summary>Body of <c>PUT /api/registry/plans/{plan}</c>: all of the plan; what is absent has no limit.</summary>
public sealed record PlanRequest
{
    /// <summary>For a tenant as a whole.</summary>
    public required QuotaValues Tenant { get; init; }

    /// <summary>For each extension of a tenant.</summary>
    public required QuotaValues Extension { get; init; }
}

/// <summary>A plan.</summary>
/// <param name="Plan">Its name.</param>
/// <param name="Tenant">For a tenant as a whole.</param>
/// <param name="Extension">For each extension of a tenant.</param>
public sealed record PlanView(string Plan, QuotaValues Tenant, QuotaValues Extension);

/// <summary>All plans, by name.</summary>
public sealed record PlanList(IReadOnlyList<PlanView> Items);
