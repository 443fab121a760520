using System.Collections.Concurrent;
using System.Globalization;
using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Limit;

/// <summary>Lets a request in while tenant and extension are within their limits; otherwise it is refused at once, with a time to try again.</summary>
internal sealed class Limiter
{
    private const int Capacity = 50_000;

    private static readonly Refusal Unknown = new(ErrorCode.Overloaded, "Your organisation's limits cannot be read now; try again.");

    private readonly LimitSettings settings;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<QuotaScope, RequestBucket> buckets = new();
    private readonly ConcurrentDictionary<QuotaScope, ConcurrencyGate> gates = new();
    // Made once: a lambda at the place of use would be allocated for each request.
    private readonly Func<QuotaScope, RequestBucket> createBucket;
    private readonly Func<QuotaScope, ConcurrencyGate> createGate;

    public Limiter(LimitSettings settings, QuotaStore store, TimeProvider time, ILogger<Limiter> logger)
    {
        this.settings = settings;
        this.time = time;
        var gatewayId = Guid.CreateVersion7(time.GetUtcNow());
        createBucket = scope => new RequestBucket(scope, store, time, logger);
        createGate = scope => new ConcurrencyGate(scope, gatewayId, store, time, logger);
    }

    /// <summary>Lets a request in, or gives <c>rate_limited</c>, <c>quota_exceeded</c> or <c>overloaded</c>. Sets the headers either way.</summary>
    /// <param name="tenantId">The caller's tenant.</param>
    /// <param name="extensionId">The extension's name.</param>
    /// <param name="response">Gets <c>RateLimit</c>, <c>RateLimit-Policy</c> and <c>Retry-After</c>; null for a delivery, which nobody waits for.</param>
    /// <param name="cancellationToken">Ends the wait for a lease.</param>
    public async ValueTask<Outcome<Admission>> EnterAsync(Guid tenantId, string extensionId, HttpResponse? response, CancellationToken cancellationToken)
    {
        var tenant = new QuotaScope(tenantId, QuotaScope.WholeTenant);
        var extension = new QuotaScope(tenantId, extensionId);
        if (await settings.FindAsync(extension) is not { } limits) return Unknown;

        var admission = new Admission();
        var refused = EgressLimit.Check(limits, time.GetUtcNow())
            ?? await EnterGateAsync(tenant, limits.Tenant, admission, cancellationToken)
            ?? await EnterGateAsync(extension, limits.Extension, admission, cancellationToken)
            ?? await CountAsync(tenant, extension, limits, cancellationToken);
        if (response is not null) RateLimitHeaders.Set(response.Headers, limits, RemainingOf(tenant), RemainingOf(extension));
        if (refused is null) return admission;

        admission.Dispose();
        if (response is not null) response.Headers.RetryAfter = Math.Ceiling(refused.RetryAfter.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        return refused.Refusal;
    }

    private async ValueTask<LimitRefusal?> EnterGateAsync(QuotaScope scope, QuotaLimits limits, Admission admission, CancellationToken cancellationToken)
    {
        if (limits.Concurrency is not { } limit) return null;
        var gate = Of(gates, scope, createGate);
        if (await gate.EnterAsync(limit, cancellationToken) is { } refused) return refused;
        admission.Add(gate);
        return null;
    }

    private async ValueTask<LimitRefusal?> CountAsync(QuotaScope tenant, QuotaScope extension, TenantLimits limits, CancellationToken cancellationToken)
    {
        var whole = limits.Tenant.CountsRequests ? Bucket(tenant) : null;
        if (whole is not null && await whole.TakeAsync(limits.Tenant, cancellationToken) is { } refused) return refused;
        if (!limits.Extension.CountsRequests) return null;
        refused = await Bucket(extension).TakeAsync(limits.Extension, cancellationToken);
        // One busy extension must not use up what the tenant's others may.
        if (refused is not null) whole?.PutBack();
        return refused;
    }

    private int? RemainingOf(QuotaScope scope) => buckets.TryGetValue(scope, out var bucket) ? bucket.Remaining : null;

    private RequestBucket Bucket(QuotaScope scope) => Of(buckets, scope, createBucket);

    /// <summary>Bounded: a full table starts over, which costs a lease each.</summary>
    private static T Of<T>(ConcurrentDictionary<QuotaScope, T> all, QuotaScope scope, Func<QuotaScope, T> create)
    {
        if (all.TryGetValue(scope, out var known)) return known;
        if (all.Count >= Capacity) all.Clear();
        return all.GetOrAdd(scope, create);
    }
}
