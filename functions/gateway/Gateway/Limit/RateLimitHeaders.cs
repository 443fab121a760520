using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Gateway.Limit;

/// <summary>
/// <c>RateLimit-Policy</c> and <c>RateLimit</c> as structured fields (draft-ietf-httpapi-ratelimit-headers-10): quota
/// <c>q</c> in requests per window <c>w</c> in seconds; <c>r</c> requests that remain, for <c>t</c> seconds.
/// </summary>
internal static class RateLimitHeaders
{
    private const string PolicyHeader = "RateLimit-Policy";
    private const string Header = "RateLimit";

    /// <summary>Sets both for the scopes whose rate is limited. A bucket that nothing was taken from is full.</summary>
    public static void Set(IHeaderDictionary headers, TenantLimits limits, int? tenantRemaining, int? extensionRemaining)
    {
        if (limits.Policy is not { } policy) return;
        headers[PolicyHeader] = policy;
        headers[Header] = (limits.Tenant.RequestsPerSecond is not null, limits.Extension.RequestsPerSecond is not null) switch
        {
            (true, true) => string.Create(
                CultureInfo.InvariantCulture,
                $"\"tenant\";r={Left(limits.Tenant, tenantRemaining)};t={Refill(limits.Tenant, tenantRemaining)}, \"extension\";r={Left(limits.Extension, extensionRemaining)};t={Refill(limits.Extension, extensionRemaining)}"),
            (true, false) => One("tenant", limits.Tenant, tenantRemaining),
            _ => One("extension", limits.Extension, extensionRemaining),
        };
    }

    /// <summary>What does not change from request to request; null where no rate is limited.</summary>
    public static string? PolicyOf(QuotaLimits tenant, QuotaLimits extension)
    {
        var policies = new List<string>(2);
        if (tenant.RequestsPerSecond is not null) policies.Add(Policy("tenant", tenant));
        if (extension.RequestsPerSecond is not null) policies.Add(Policy("extension", extension));
        return policies.Count == 0 ? null : string.Join(", ", policies);
    }

    private static string Policy(string name, QuotaLimits scope) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={scope.BucketSize};w={Math.Max(1, (long)Math.Ceiling(scope.BucketSize / scope.Rate))}");

    private static string One(string name, QuotaLimits scope, int? remaining) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={Left(scope, remaining)};t={Refill(scope, remaining)}");

    private static int Left(QuotaLimits scope, int? remaining) => remaining ?? scope.BucketSize;

    private static long Refill(QuotaLimits scope, int? remaining) => Math.Max(1, (long)Math.Ceiling((scope.BucketSize - Left(scope, remaining)) / scope.Rate));
}
