namespace Alga.Extensions.Runner.Engine;

/// <summary>When an invocation has to be over. Started when execution begins, so neither queueing nor loading counts.</summary>
public sealed class InvocationDeadline
{
    private readonly TimeProvider time;
    private readonly long started;

    private InvocationDeadline(TimeProvider time, TimeSpan timeout)
    {
        this.time = time;
        Timeout = timeout;
        started = time.GetTimestamp();
    }

    /// <summary>The whole time allowed.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>Time used so far.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(started);

    /// <summary>Time left; never negative.</summary>
    public TimeSpan Left => Elapsed is var elapsed && elapsed < Timeout ? Timeout - elapsed : TimeSpan.Zero;

    /// <summary>Whether no time is left.</summary>
    public bool IsOver => Left == TimeSpan.Zero;

    /// <summary>Starts the clock.</summary>
    /// <param name="timeout">More than zero.</param>
    /// <param name="time">The clock.</param>
    public static InvocationDeadline Start(TimeSpan timeout, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        return new InvocationDeadline(time, timeout);
    }
}
