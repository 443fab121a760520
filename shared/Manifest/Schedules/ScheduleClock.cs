using System.Diagnostics.CodeAnalysis;
using Cronos;

namespace Alga.Extensions.Manifest;

/// <summary>When a schedule runs: a cron line of five fields in a time zone of the IANA database.</summary>
/// <remarks>
/// Around a change to or from summer time a line with fixed times runs once a day: a time that does not exist runs at the first
/// one after it, a time that exists twice runs the first time. A line with intervals goes by real time.
/// </remarks>
public sealed class ScheduleClock
{
    private readonly CronExpression cron;
    private readonly TimeZoneInfo zone;

    private ScheduleClock(CronExpression cron, TimeZoneInfo zone)
    {
        this.cron = cron;
        this.zone = zone;
    }

    /// <summary>Reads both; a problem says what is wrong with the line or the zone.</summary>
    public static bool TryCreate(
        string line, string timeZone, [NotNullWhen(true)] out ScheduleClock? clock, out string? cronProblem, out string? zoneProblem)
    {
        clock = null;
        cronProblem = zoneProblem = null;
        // A date without a time zone of the IANA database would be another one on another system.
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) || !zone.HasIanaId) zoneProblem = "is no time zone of the IANA database, such as Europe/Berlin or UTC";
        if (!CronExpression.TryParse(line, CronFormat.Standard, out var cron)) cronProblem = "is no cron line of five fields: minute, hour, day of month, month, day of week";
        else if (cron.GetNextOccurrence(FirstInstant) is null) cronProblem = "names a day that never comes";
        if (cronProblem is not null || zoneProblem is not null) return false;
        clock = new ScheduleClock(cron!, zone!);
        return true;
    }

    /// <summary>The clock of a schedule that the validator accepted.</summary>
    /// <exception cref="ArgumentException">Line or zone are not valid here, be it because this system knows fewer time zones.</exception>
    public static ScheduleClock Of(string line, string timeZone) =>
        TryCreate(line, timeZone, out var clock, out var cronProblem, out var zoneProblem)
            ? clock
            : throw new ArgumentException(cronProblem is null ? $"'{timeZone}' {zoneProblem}." : $"'{line}' {cronProblem}.");

    /// <summary>The first instant after another, both in UTC; null when there is none in the next hundred years.</summary>
    public DateTime? NextAfter(DateTime instant) => cron.GetNextOccurrence(DateTime.SpecifyKind(instant, DateTimeKind.Utc), zone);

    private static DateTime FirstInstant => new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
}
