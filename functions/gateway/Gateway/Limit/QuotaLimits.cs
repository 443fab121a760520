namespace Alga.Extensions.Gateway.Limit;

/// <summary>What may be used of one scope; null is no limit.</summary>
/// <param name="RequestsPerSecond">Refill of the token bucket; comes with <paramref name="Burst"/>.</param>
/// <param name="Burst">Size of the token bucket, in requests.</param>
/// <param name="Concurrency">Requests that run at the same time.</param>
/// <param name="MonthlyInvocations">Requests in a calendar month, UTC.</param>
/// <param name="MonthlyEgressBytes">Bytes that calls of other services move in a calendar month, UTC.</param>
internal sealed record QuotaLimits(double? RequestsPerSecond, int? Burst, int? Concurrency, long? MonthlyInvocations, long? MonthlyEgressBytes = null)
{
    /// <summary>Whether requests are counted at all.</summary>
    public bool CountsRequests => RequestsPerSecond is not null || MonthlyInvocations is not null;

    /// <summary>The bucket's refill; without a rate so high that only the month counts.</summary>
    public double Rate => RequestsPerSecond ?? 1_000_000;

    /// <summary>The bucket's size: one second's worth where nothing is said.</summary>
    public int BucketSize => Burst ?? (int)Math.Clamp(Math.Ceiling(Rate), 1, 1_000_000);
}

/// <summary>A tenant's limits and those of one of its extensions; both hold.</summary>
/// <param name="Tenant">Of the tenant as a whole.</param>
/// <param name="Extension">Of the extension.</param>
/// <param name="Egress">What was used when the limits were read.</param>
internal sealed record TenantLimits(QuotaLimits Tenant, QuotaLimits Extension, EgressUse Egress)
{
    /// <summary>Value of <c>RateLimit-Policy</c>, the same for all requests; null where no rate is limited.</summary>
    public string? Policy { get; } = RateLimitHeaders.PolicyOf(Tenant, Extension);
}

/// <summary>Bytes of outgoing calls in the execution records of a month.</summary>
/// <param name="Month">Its first day, by the database's clock.</param>
/// <param name="TenantBytes">Of all the tenant's extensions.</param>
/// <param name="ExtensionBytes">Of the extension.</param>
internal readonly record struct EgressUse(DateOnly Month, long TenantBytes, long ExtensionBytes);
