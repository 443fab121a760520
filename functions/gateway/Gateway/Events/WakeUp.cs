namespace Alga.Extensions.Gateway.Events;

/// <summary>Tells all dispatchers of this process that it is worth looking. Thread-safe.</summary>
internal sealed class WakeUp
{
    private TaskCompletionSource next = NewSource();

    /// <summary>Ends at the next call of <see cref="Signal"/>: take it before looking, and wait for it after having found nothing.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    /// <summary>Wakes whoever waits.</summary>
    public void Signal() => Interlocked.Exchange(ref next, NewSource()).TrySetResult();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
