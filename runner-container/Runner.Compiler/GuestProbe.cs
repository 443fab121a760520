using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Compiler;

/// <summary>
/// Measures which class a guest belongs to: it runs on the engine for compact guests, and the pages that each fresh sandbox has to
/// bring in anew are what that engine does not keep for it. Few, and the class fits; many, and the guest carries a script engine.
/// </summary>
internal static class GuestProbe
{
    /// <summary>Most page faults of a fresh sandbox and one call that a compact guest causes: 64 KiB beyond what its engine keeps.</summary>
    public const int MaxCompactFaults = 16;

    private const int Rounds = 4;

    // A guest that takes longer is measured as far as it came. On a busy machine that can be each guest's first round, so all are done.
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);
    private static readonly GuestRequest Request = new() { Method = "GET", Path = "/", Endpoint = "/" };
    private static readonly GuestEvent Event = new() { Id = "probe", Topic = "probe", OccurredAt = "1970-01-01T00:00:00Z", Attempt = 1, Payload = "{}" };

    /// <summary>The class of a guest on the engine for compact ones. The thread needs <see cref="Invoker.ThreadStackBytes"/> of stack.</summary>
    public static GuestClass Measure(GuestComponent guest, TimeProvider time) =>
        CountFaults(guest, time) <= MaxCompactFaults ? GuestClass.Compact : GuestClass.Script;

    /// <summary>The fewest page faults of a few runs: the first ones also pay for what is set up once.</summary>
    internal static long CountFaults(GuestComponent guest, TimeProvider time)
    {
        var fewest = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = Native.PageFaults();
            Invoker.Invoke(guest, guest.AnswersRequests ? Request : Event, new InvocationLimits(PlatformLimits.MaxMemoryMb), InvocationDeadline.Start(Timeout, time), SilentHost.Instance);
            fewest = Math.Min(fewest, Native.PageFaults() - before);
        }

        return fewest;
    }
}
