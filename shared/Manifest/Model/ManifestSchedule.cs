namespace Alga.Extensions.Manifest;

/// <summary>Work that the platform starts by the clock. Exactly one of <see cref="Endpoint"/> and <see cref="Topic"/> is there.</summary>
/// <param name="Name">1 to 64 lower-case characters, unique within the manifest.</param>
/// <param name="Cron">Five fields, minutes first; at most 128 characters.</param>
/// <param name="TimeZone">Name of a time zone of the IANA database, such as <c>Europe/Berlin</c>.</param>
/// <param name="Missed">What becomes of runs whose time passed while nothing could start them.</param>
/// <param name="Endpoint">The endpoint that is called, as <c>api.endpoints</c> declares it; its path has no parameters.</param>
/// <param name="Topic">The topic with which the event handler is called.</param>
public sealed record ManifestSchedule(string Name, string Cron, string TimeZone, MissedRuns Missed, ManifestEndpoint? Endpoint, string? Topic);

/// <summary>What becomes of runs whose time passed while nothing could start them.</summary>
public enum MissedRuns
{
    /// <summary>All that were missed become one run.</summary>
    Once = 0,

    /// <summary>They are left out.</summary>
    Skip,
}
