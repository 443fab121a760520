namespace Alga.Extensions.Gateway.Limit;

/// <summary>Calendar months in UTC.</summary>
internal static class QuotaMonth
{
    /// <summary>Time until the next month begins.</summary>
    public static TimeSpan LeftOf(DateTimeOffset now) => new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1) - now;
}
