using Alga.Extensions.Manifest;

namespace Alga.Extensions.Registry.Install.Upgrade;

/// <summary>What changes for an admin when an install moves to another version, as data.</summary>
public sealed record UpgradeDifference
{
    public required Difference Capabilities { get; init; }

    /// <summary>Hosts for <c>http.fetch</c>.</summary>
    public required Difference Egress { get; init; }

    /// <summary>Names of secrets that the tenant stores for the extension.</summary>
    public required Difference Secrets { get; init; }

    /// <summary>Method and path, such as <c>GET /reports/:id</c>.</summary>
    public required Difference Endpoints { get; init; }

    /// <summary>Topics of events that are delivered to the extension.</summary>
    public required Difference Events { get; init; }

    /// <summary>Schedules, such as <c>nightly: 0 3 * * * Europe/Berlin</c>.</summary>
    public required Difference Schedules { get; init; }

    /// <summary>Where the settings of now do not fit the other version's schema, such as <c>#/greeting: StringExpected</c>; empty when they fit.</summary>
    public required IReadOnlyList<string> ConfigFaults { get; init; }

    /// <summary>Compares two manifests.</summary>
    /// <param name="from">The version that runs; null when none does, and all is added.</param>
    /// <param name="to">The other version.</param>
    /// <param name="configFaults">See <see cref="ConfigFaults"/>.</param>
    public static UpgradeDifference Between(ExtensionManifest? from, ExtensionManifest to, IReadOnlyList<string> configFaults) => new()
    {
        Capabilities = Difference.Between(from?.Capabilities ?? [], to.Capabilities),
        Egress = Difference.Between(from?.Egress ?? [], to.Egress),
        Secrets = Difference.Between(from?.Secrets.Select(secret => secret.Name) ?? [], to.Secrets.Select(secret => secret.Name)),
        Endpoints = Difference.Between(from?.Endpoints.Select(Text) ?? [], to.Endpoints.Select(Text)),
        Events = Difference.Between(from?.Events.Select(subscription => subscription.Topic) ?? [], to.Events.Select(subscription => subscription.Topic)),
        Schedules = Difference.Between(from?.Schedules.Select(Text) ?? [], to.Schedules.Select(Text)),
        ConfigFaults = configFaults,
    };

    private static string Text(ManifestEndpoint endpoint) => $"{endpoint.Method} {endpoint.Path}";

    private static string Text(ManifestSchedule schedule) => $"{schedule.Name}: {schedule.Cron} {schedule.TimeZone}";
}

/// <summary>Two sets compared; each list is sorted and without repetition.</summary>
/// <param name="Added">Only in the other.</param>
/// <param name="Removed">Only in the first.</param>
/// <param name="Unchanged">In both.</param>
public sealed record Difference(IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Unchanged)
{
    /// <summary>Compares two sets.</summary>
    public static Difference Between(IEnumerable<string> from, IEnumerable<string> to)
    {
        var before = new SortedSet<string>(from, StringComparer.Ordinal);
        var after = new SortedSet<string>(to, StringComparer.Ordinal);
        return new Difference([.. after.Where(item => !before.Contains(item))], [.. before.Where(item => !after.Contains(item))], [.. before.Where(after.Contains)]);
    }
}
