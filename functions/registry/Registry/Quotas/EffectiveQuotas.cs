namespace Alga.Extensions.Registry.Quotas;

/// <summary>What a tenant may use this month, and what it has used.</summary>
/// <param name="Plan">Name of its plan.</param>
/// <param name="Month">First day of the month in UTC, as <c>2026-03-01</c>.</param>
/// <param name="Tenant">Of the tenant as a whole.</param>
/// <param name="Extensions">Of each installed extension, by name.</param>
public sealed record EffectiveQuotas(string Plan, string Month, QuotaUse Tenant, IReadOnlyList<ExtensionQuotaUse> Extensions);

/// <summary>Limits that hold for a scope, and what was used of them this month.</summary>
/// <param name="Limits">Null where there is no limit.</param>
/// <param name="Invocations">Requests that gateways were granted.</param>
/// <param name="EgressBytes">Bytes of the execution records that are written.</param>
public sealed record QuotaUse(QuotaValues Limits, long Invocations, long EgressBytes);

/// <summary>The same for an extension.</summary>
/// <param name="Name">The extension's name.</param>
/// <param name="Use">What it may use and has used.</param>
public sealed record ExtensionQuotaUse(string Name, QuotaUse Use);
