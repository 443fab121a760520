namespace Alga.Extensions.Runner.Recordings;

/// <summary>A recording that waits to be written.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="InstallId">The install.</param>
/// <param name="Recording">What was recorded, secrets not yet taken out.</param>
/// <param name="Bytes">About how much memory it holds.</param>
/// <param name="KeepDays">For how many days it is kept.</param>
/// <param name="LoadRedaction">Gives what takes every secret of the install out of a text; fails where not all of them can be known.</param>
public sealed record PendingRecording(
    Guid TenantId, Guid InstallId, Recording Recording, long Bytes, int KeepDays, Func<CancellationToken, Task<Func<string, string>>> LoadRedaction);
