using Alga.Extensions.Contracts;

namespace Alga.Extensions.Gateway.Limit;

/// <summary>Refuses requests once the month's egress is used up. It is counted by execution records, so it is known a while after it happened.</summary>
internal static class EgressLimit
{
    /// <summary>The refusal; null while there is some left, and while this month's use is not known.</summary>
    public static LimitRefusal? Check(TenantLimits limits, DateTimeOffset now)
    {
        var used = limits.Egress;
        // What was read before a month ended, with the database away since, says nothing of the next.
        if (used.Month.Year != now.UtcDateTime.Year || used.Month.Month != now.UtcDateTime.Month) return null;
        if (limits.Tenant.MonthlyEgressBytes is { } ofTenant && used.TenantBytes >= ofTenant)
        {
            return Refuse($"Your organisation used all {ofTenant} bytes of outgoing traffic that its plan has for this month; ask for a larger plan.", now);
        }

        return limits.Extension.MonthlyEgressBytes is { } ofExtension && used.ExtensionBytes >= ofExtension
            ? Refuse($"This extension used all {ofExtension} bytes of outgoing traffic that your organisation's plan gives it for this month; ask for a larger plan.", now)
            : null;
    }

    private static LimitRefusal Refuse(string text, DateTimeOffset now) => new(new Refusal(ErrorCode.QuotaExceeded, text), QuotaMonth.LeftOf(now));
}
