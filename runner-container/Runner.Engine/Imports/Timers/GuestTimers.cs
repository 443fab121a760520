namespace Alga.Extensions.Runner.Engine;

/// <summary>The timers of one invocation: none ends much later than its deadline.</summary>
internal sealed class GuestTimers(GuestEngine engine, GuestStore store, InvocationDeadline deadline)
{
    // Enough after the deadline for the guest to be stopped in whatever it does next.
    private static readonly TimeSpan Beyond = 2 * EpochTicker.Tick;

    private (NativeFunction At, NativeFunction After)? functions;

    /// <summary>Whether the guest used timers until its deadline was over. What it says then was not worth the wait.</summary>
    public bool AreOver => functions is not null && deadline.IsOver;

    /// <summary>How many nanoseconds from now a timer may end at the latest.</summary>
    public ulong Most => (ulong)(deadline.Left + Beyond).TotalNanoseconds;

    /// <summary>What gives timers.</summary>
    public (NativeFunction At, NativeFunction After) Functions => functions ??= engine.Timers.Start(store);
}
