namespace Alga.Extensions.Registry.Install.State;

/// <summary>Which executions of an install are recorded, so that they can be replayed.</summary>
/// <param name="Mode">A value of <see cref="RecordingMode"/>.</param>
/// <param name="Percent">Share of the executions, 1 to 100, for <see cref="RecordingMode.Sampled"/>; null for the others.</param>
/// <param name="KeepDays">Days for which a recording is kept.</param>
public sealed record InstallRecording(string Mode, int? Percent, int KeepDays);

/// <summary>Values of <see cref="InstallRecording.Mode"/>.</summary>
public static class RecordingMode
{
    /// <summary>Nothing is recorded.</summary>
    public const string Off = "off";

    /// <summary>What ends with an error code or a status of 500 or more.</summary>
    public const string OnError = "on-error";

    /// <summary>A share of the executions.</summary>
    public const string Sampled = "sampled";
}
