namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// The invocation that the current thread runs. The binding tells a host function nothing about its caller, and a guest
/// call stays on one thread from start to end, so the thread is what connects the two.
/// </summary>
internal sealed class RunningInvocation
{
    [ThreadStatic]
    private static RunningInvocation? current;

    private RunningInvocation(IHostCalls host, GuestTimers timers, IGuestSources? sources, GuestTurns? turns) =>
        (Host, Timers, Sources, Turns) = (host, timers, sources, turns);

    public IHostCalls Host { get; }

    /// <summary>What it waits for, other than host calls.</summary>
    public GuestTimers Timers { get; }

    /// <summary>Its random numbers and clocks; null where they are the process's.</summary>
    public IGuestSources? Sources { get; }

    /// <summary>Those in which it computes; null when it need not wait for any.</summary>
    public GuestTurns? Turns { get; }

    /// <summary>What a host call threw first; kept here because text thrown through the sandbox ends up in the trap's message.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Whether the guest said that it is out of memory.</summary>
    public bool IsOutOfMemory { get; set; }

    /// <summary>What the last host call with a result was denied for; null when it was not denied.</summary>
    public string? Denial { get; set; }

    /// <summary>WIT name of the error that the last host call with a result gave; null when it succeeded.</summary>
    public string? LastError { get; set; }

    /// <summary>Spans of host calls so far.</summary>
    public int Spans { get; set; }

    public static RunningInvocation Current =>
        current ?? throw new InvalidOperationException("A host function was called outside of an invocation.");

    public static RunningInvocation Enter(IHostCalls host, GuestTimers timers, IGuestSources? sources = null, GuestTurns? turns = null)
    {
        if (current is not null) throw new InvalidOperationException("This thread already runs an invocation.");
        return current = new RunningInvocation(host, timers, sources, turns);
    }

    public static void Leave() => current = null;

    /// <summary>Keeps what a call threw as the <see cref="Fault"/> of the thread's invocation.</summary>
    public static void Blame(Exception exception)
    {
        if (current is not null) current.Fault ??= exception;
    }
}
