namespace Alga.Extensions.LoadReports;

/// <summary>Counts executions that this process has in flight.</summary>
public sealed class InFlight : IDisposable
{
    private readonly SemaphoreSlim first = new(0, 1);
    private int count;

    /// <summary>How many there are at this moment.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Counts one in until what is given back is disposed.</summary>
    public Leave Enter()
    {
        if (Interlocked.Increment(ref count) == 1 && first.CurrentCount == 0) Signal();
        return new Leave(this);
    }

    public void Dispose() => first.Dispose();

    /// <summary>Waits for the first after there were none, or for the time to pass.</summary>
    internal Task WaitForFirstAsync(TimeSpan atMost, CancellationToken cancellationToken) => first.WaitAsync(atMost, cancellationToken);

    private void Signal()
    {
        try
        {
            first.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another's first woke whoever waits.
        }
    }

    /// <summary>Counts one out.</summary>
    public readonly struct Leave(InFlight counter) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref counter.count);
    }
}
