using System.Text.Json.Nodes;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>A guest in a replay asked for something else than in the recording.</summary>
public sealed class ReplayDivergedException(int step, string expected, string actual)
    : Exception($"Step {step} differs from the recording.")
{
    /// <summary>Number of the host call, from 1.</summary>
    public int Step => step;

    /// <summary>The call in the recording, or that there is none.</summary>
    public string Expected => expected;

    /// <summary>The call that the guest made, or that it made none.</summary>
    public string Actual => actual;

    internal static string Show(string name, JsonNode? arguments) =>
        $"{name} {(arguments is null ? "{}" : arguments.ToJsonString(RecordingJson.Options))}";
}
