using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Gateway.Limit;

/// <summary>
/// <c>RateLimit-Policy</c> and <c>RateLimit</c> as structured fields (draft-ietf-httpapi-ratelimit-headers-10): quota
/// <c>q</c> in requests per window <c>w</c> in seconds; <c>r</c> requests that remain, for <c>t</c> seconds.
/// </summary>
internal static class RateLimitHeaders
{
    /// <summary>Sets both for the two scopes.</summary>
    public static void Set(IHeaderDictionary headers, TenantLimits limits, int? tenantRemaining, int? extensionRemaining)
    {
        var policies = new List<string>(2);
        var remains = new List<string>(2);
        Add("tenant", limits.Tenant, tenantRemaining);
        Add("extension", limits.Extension, extensionRemaining);
        if (policies.Count == 0) return;
        headers["RateLimit-Policy"] = string.Join(", ", policies);
        headers["RateLimit"] = string.Join(", ", remains);

        void Add(string name, QuotaLimits scope, int? remaining)
        {
            if (scope.RequestsPerSecond is null || remaining is not { } left) return;
            var window = Math.Max(1, Math.Ceiling(scope.BucketSize / scope.Rate));
            var refill = Math.Max(1, Math.Ceiling((scope.BucketSize - left) / scope.Rate));
            policies.Add(string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={scope.BucketSize};w={window:0}"));
            remains.Add(string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={left};t={refill:0}"));
        }
    }
}
