namespace Alga.Extensions.Gateway.Schedules;

/// <summary>A schedule whose time has come.</summary>
internal sealed record DueSchedule
{
    public required Guid InstallId { get; init; }

    public required string Name { get; init; }

    public required string Cron { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>Whether runs that are late are left out.</summary>
    public required bool SkipsMissed { get; init; }

    public string? Method { get; init; }

    public string? Path { get; init; }

    public string? Topic { get; init; }

    /// <summary>When it was due, in UTC.</summary>
    public required DateTime DueAt { get; init; }

    /// <summary>The database's time, in UTC.</summary>
    public required DateTime Now { get; init; }

    /// <summary>Whether the run before is not done: it waits, runs or is tried again.</summary>
    public required bool IsBusy { get; init; }
}
