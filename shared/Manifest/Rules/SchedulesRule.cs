using System.Text.RegularExpressions;
using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>schedules</c> start an endpoint of the manifest or the event handler by the clock.</summary>
internal static partial class SchedulesRule
{
    public static IReadOnlyList<ManifestSchedule> Read(Section root, IReadOnlyList<ManifestEndpoint> endpoints)
    {
        var schedules = new List<ManifestSchedule>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in root.Objects("schedules", maxCount: 20))
        {
            if (ReadSchedule(section, endpoints) is not { } schedule) continue;
            if (names.Add(schedule.Name)) schedules.Add(schedule);
            else section.Fault("name", $"'{schedule.Name}' is there twice; keep one");
        }

        return schedules;
    }

    private static ManifestSchedule? ReadSchedule(Section section, IReadOnlyList<ManifestEndpoint> endpoints)
    {
        section.RefuseOthers("name", "cron", "timeZone", "missedRuns", "endpoint", "topic");
        foreach (var member in new[] { "name", "cron" })
        {
            if (!section.Has(member)) section.Fault(member, "is missing; add it");
        }

        var name = section.Text("name", 64, Name(), "must be lower-case letters, digits or '-' after a first letter, such as nightly-report");
        var cron = section.Text("cron", 128, Cron(), "must be five fields with one space between them: minute, hour, day of month, month, day of week");
        var zone = section.Has("timeZone") ? section.Text("timeZone", 64, Zone(), "must be a time zone of the IANA database, such as Europe/Berlin") : "UTC";
        if (cron is not null && zone is not null && !ScheduleClock.TryCreate(cron, zone, out _, out var cronProblem, out var zoneProblem))
        {
            if (cronProblem is not null) section.Fault("cron", cronProblem);
            if (zoneProblem is not null) section.Fault("timeZone", zoneProblem);
            cron = null;
        }

        var missed = section.Has("missedRuns") ? section.Text("missedRuns", 16, Missed(), "must be once or skip") : "once";
        if (section.Has("endpoint") == section.Has("topic")) section.Fault("endpoint", "give either an endpoint to call, or a topic for the event handler");
        var endpoint = ReadEndpoint(section, endpoints);
        var topic = section.Text("topic", 128, EventsRule.Topic(), "must be words of letters, digits, '_' or '-' joined by dots, such as report.nightly");
        if (name is null || cron is null || zone is null || missed is null || (endpoint is null) == (topic is null)) return null;
        return new ManifestSchedule(name, cron, zone, missed == "skip" ? MissedRuns.Skip : MissedRuns.Once, endpoint, topic);
    }

    private static ManifestEndpoint? ReadEndpoint(Section section, IReadOnlyList<ManifestEndpoint> endpoints)
    {
        if (section.Text("endpoint", 520, Endpoint(), "must be method and path of an endpoint without parameters, such as POST /jobs/nightly") is not { } text) return null;
        var found = endpoints.FirstOrDefault(endpoint => $"{endpoint.Method} {endpoint.Path}" == text);
        if (found is null) section.Fault("endpoint", "is not among api.endpoints; add it there");
        return found;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[0-9A-Za-z*/,?#-]+(?: [0-9A-Za-z*/,?#-]+){4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Cron();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Zone();

    [GeneratedRegex(@"\A(?:once|skip)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Missed();

    [GeneratedRegex(@"\A(?:GET|POST|PUT|PATCH|DELETE) /[A-Za-z0-9._~/-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Endpoint();
}
