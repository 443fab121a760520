using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Registry.Install.State;

namespace Alga.Extensions.Registry.Recordings;

/// <summary>Body of <c>PUT /api/tenant/installs/{name}/recording</c>.</summary>
public sealed record RecordingRequest
{
    /// <summary><c>off</c>, <c>on-error</c> or <c>sampled</c>; see <see cref="RecordingMode"/>.</summary>
    public required string Mode { get; init; }

    /// <summary>Share of the executions, 1 to 100; for <c>sampled</c>, and only then.</summary>
    public int? Percent { get; init; }

    /// <summary>Days for which a recording is kept, 1 to 30; 7 when absent.</summary>
    public int? KeepDays { get; init; }

    internal Outcome<InstallRecording> Read()
    {
        if (Mode is not (RecordingMode.Off or RecordingMode.OnError or RecordingMode.Sampled))
            return Invalid($"mode is {RecordingMode.Off}, {RecordingMode.OnError} or {RecordingMode.Sampled}: which executions are recorded.");
        if (Mode == RecordingMode.Sampled && Percent is not (>= 1 and <= 100)) return Invalid($"percent is 1 to 100 where mode is {RecordingMode.Sampled}.");
        if (Mode != RecordingMode.Sampled && Percent is not null) return Invalid($"percent is for mode {RecordingMode.Sampled} only.");
        if (KeepDays is < 1 or > ExecuteRecording.MaxKeepDays) return Invalid($"keepDays is 1 to {ExecuteRecording.MaxKeepDays}.");
        return new InstallRecording(Mode, Percent, KeepDays ?? ExecuteRecording.DefaultKeepDays);
    }

    private static Refusal Invalid(string message) => new(ErrorCode.InvalidRequest, message);
}
