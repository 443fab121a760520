using System.Globalization;
using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Usage;

/// <summary>Which days or months are asked for.</summary>
/// <param name="Period"><c>day</c> or <c>month</c>.</param>
/// <param name="From">First day, included; of a month the first.</param>
/// <param name="To">Last day, included.</param>
public sealed record UsageRange(string Period, DateOnly From, DateOnly To)
{
    private const string Day = "day";
    private const string Month = "month";
    private const int MaxDays = 366;
    private const int MaxMonths = 120;
    private const int DefaultDays = 30;
    private const int DefaultMonths = 12;

    /// <summary>
    /// Reads the query parameters <c>period</c> (<c>day</c>, the default, or <c>month</c>), <c>from</c> and <c>to</c> (dates, both
    /// included; by default the last 30 days or 12 months).
    /// </summary>
    public static Outcome<UsageRange> Read(HttpRequest request, DateOnly today)
    {
        if (request.Query.Keys.Any(name => name is not ("period" or "from" or "to"))) return Invalid("A query parameter is not known; use period, from and to.");
        string? period = request.Query["period"];
        if (period is not (null or Day or Month)) return Invalid("period is day or month.");
        var monthly = period == Month;
        if (!TryDate(request.Query["to"], today, out var to)) return Invalid("to is a date such as 2026-03-31.");
        var earliest = monthly ? First(to).AddMonths(1 - DefaultMonths) : to.AddDays(1 - DefaultDays);
        if (!TryDate(request.Query["from"], earliest, out var from)) return Invalid("from is a date such as 2026-03-01.");
        if (monthly) from = First(from);
        if (from > to) return Invalid("from must not be later than to.");
        if (monthly ? from.AddMonths(MaxMonths) <= to : from.AddDays(MaxDays) <= to)
        {
            return Invalid($"At most {MaxDays} days or {MaxMonths} months at once.");
        }

        return new UsageRange(monthly ? Month : Day, from, to);
    }

    private static DateOnly First(DateOnly day) => new(day.Year, day.Month, 1);

    private static bool TryDate(string? text, DateOnly fallback, out DateOnly date)
    {
        date = fallback;
        return text is null
            || (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date) && date.Year is >= 2020 and <= 2200);
    }

    private static Refusal Invalid(string message) => new(ErrorCode.InvalidRequest, message);
}
