namespace Alga.Extensions.Registry.Install.Schedules;

/// <summary>A schedule of the version that an install runs.</summary>
public sealed record ScheduleView
{
    public required string Name { get; init; }

    /// <summary>Five fields, minutes first.</summary>
    public required string Cron { get; init; }

    /// <summary>Of the IANA database.</summary>
    public required string TimeZone { get; init; }

    /// <summary><c>once</c> or <c>skip</c>.</summary>
    public required string MissedRuns { get; init; }

    /// <summary>Method and path that it calls; null where it calls the event handler.</summary>
    public required string? Endpoint { get; init; }

    /// <summary>The topic with which it calls the event handler; null where it calls an endpoint.</summary>
    public required string? Topic { get; init; }

    /// <summary>Since when it is paused; null when it is not.</summary>
    public required DateTime? PausedAt { get; init; }

    public required string? PausedBy { get; init; }

    /// <summary>Null while it does not run: paused, or the install is disabled.</summary>
    public required DateTime? NextRunAt { get; init; }

    /// <summary>The time of the last run that was started.</summary>
    public required DateTime? LastRunAt { get; init; }

    /// <summary>The last time that was left out: missed, or the run before was not done.</summary>
    public required DateTime? LastSkippedAt { get; init; }
}

/// <summary>The schedules of an install, by name.</summary>
/// <param name="Items">At most 20.</param>
public sealed record ScheduleList(IReadOnlyList<ScheduleView> Items);
