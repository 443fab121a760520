namespace Alga.Extensions.Gateway.Limit;

/// <summary>What may be used of one scope; null is no limit.</summary>
/// <param name="RequestsPerSecond">Refill of the token bucket; comes with <paramref name="Burst"/>.</param>
/// <param name="Burst">Size of the token bucket, in requests.</param>
/// <param name="Concurrency">Requests that run at the same time.</param>
/// <param name="MonthlyInvocations">Requests in a calendar month, UTC.</param>
internal sealed record QuotaLimits(double? RequestsPerSecond, int? Burst, int? Concurrency, long? MonthlyInvocations)
{
    /// <summary>Whether requests are counted at all.</summary>
    public bool CountsRequests => RequestsPerSecond is not null || MonthlyInvocations is not null;

    /// <summary>The bucket's refill; without a rate so high that only the month counts.</summary>
    public double Rate => RequestsPerSecond ?? 1_000_000;

    /// <summary>The bucket's size: one second's worth where nothing is said.</summary>
    public int BucketSize => Burst ?? (int)Math.Clamp(Math.Ceiling(Rate), 1, 1_000_000);
}

/// <summary>A tenant's limits and those of one of its extensions; both hold.</summary>
internal sealed record TenantLimits(QuotaLimits Tenant, QuotaLimits Extension);
