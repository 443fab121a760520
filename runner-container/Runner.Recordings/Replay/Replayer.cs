using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>How a replay went.</summary>
/// <param name="End">How the guest ended this time.</param>
/// <param name="Diverged">Where it left the recording; null where it did not.</param>
/// <param name="IsSameEnd">Whether it ended as recorded.</param>
public sealed record ReplayResult(RecordedEnd End, ReplayDivergedException? Diverged, bool IsSameEnd);

/// <summary>Runs a guest against a recording, in the engine that ran it in production.</summary>
public static class Replayer
{
    /// <summary>Blocks its thread, which needs <see cref="Invoker.ThreadStackBytes"/> of stack, until the guest is done.</summary>
    public static ReplayResult Run(GuestComponent guest, Recording recording, ReplayHost host, TimeProvider time)
    {
        var deadline = InvocationDeadline.Start(TimeSpan.FromMilliseconds(recording.TimeoutMs), time);
        var result = Invoker.Invoke(guest, (GuestCall?)recording.Request ?? recording.Event!, new InvocationLimits(recording.MemoryMb), deadline, host, host.Sources);
        var end = ToEnd(result.Outcome);
        var diverged = result.Fault as ReplayDivergedException ?? host.FindRest();
        return new ReplayResult(end, diverged, diverged is null && IsSame(recording.End, end));
    }

    /// <summary>An outcome as a recording keeps it.</summary>
    public static RecordedEnd ToEnd(Outcome<GuestResponse> outcome) => outcome.TryGet(out var response, out var refusal)
        ? new RecordedEnd { Status = response.Status, Headers = response.Headers, Body = response.Body }
        : new RecordedEnd { Code = ErrorTable.Describe(refusal.Code).Name, Message = refusal.Message };

    private static bool IsSame(RecordedEnd recorded, RecordedEnd actual) => LenientMatch.IsSame(ToJson(recorded), ToJson(actual));

    private static JsonNode? ToJson(RecordedEnd end) => JsonSerializer.SerializeToNode(end, RecordingJson.Options);
}
