namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Divides the time of one request between waiting (for its component, for a thread) and the guest. Waiting beyond a short
/// grace is taken off the guest's time, so an answer leaves at the latest <see cref="Grace"/> after the guest's time limit,
/// and the gateway, which waits a little longer than that, hears it.
/// </summary>
internal sealed class ExecutionBudget(TimeSpan timeout, TimeProvider time)
{
    /// <summary>Waiting that costs the guest nothing.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    private readonly long started = time.GetTimestamp();

    /// <summary>How long to wait for a component that is fetched or compiled just now.</summary>
    public TimeSpan ForLoading => timeout;

    /// <summary>What is left for the guest at this moment; zero or less when all of it was spent waiting.</summary>
    public TimeSpan ForGuest => timeout + Grace - time.GetElapsedTime(started) is var left && left < timeout ? left : timeout;
}
