namespace Alga.Extensions.Runner.Engine;

/// <summary>The turns in which one guest computes. What it waits for host calls is not part of them.</summary>
internal sealed class GuestTurns(IProcessorTurns turns, InvocationDeadline deadline)
{
    private static readonly TimeSpan Length = 2 * EpochTicker.Tick;

    // When its turn began, later by what it waited since then.
    private TimeSpan began = deadline.Elapsed;
    private TimeSpan left;
    private bool hadOne;

    /// <summary>Whether it was stopped because its time was over.</summary>
    public bool IsOver { get; private set; }

    private ulong Ticks => Math.Min(EpochTicker.TicksFor(Length - (deadline.Elapsed - began)), EpochTicker.TicksFor(deadline.Left));

    /// <summary>Has a store ask for the next turn when one is over, and stop at the deadline.</summary>
    public void Begin(GuestStore store)
    {
        store.SetEpochDeadline(Ticks);
        store.AskForTurns();
    }

    /// <summary>Lets others have their turn first when it has used up its own.</summary>
    /// <returns>Ticks until this is due again; null when its time is over.</returns>
    public ulong? Next()
    {
        if (deadline.Elapsed - began >= Length)
        {
            turns.Rotate(deadline.Left);
            hadOne = true;
            began = deadline.Elapsed;
        }

        if (!deadline.IsOver) return Ticks;
        IsOver = true;
        return null;
    }

    /// <summary>It waits for a host call.</summary>
    public void Leave()
    {
        left = deadline.Elapsed;
        turns.Leave();
    }

    /// <summary>It goes on: at once while it is in its first turn, so that what calls the host often does not wait each time.</summary>
    public void Return()
    {
        turns.Return(hadOne ? deadline.Left : TimeSpan.Zero);
        began += deadline.Elapsed - left;
    }
}
