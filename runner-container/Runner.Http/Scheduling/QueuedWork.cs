using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Http;

/// <summary>A piece of work on its way to a thread. Its places in lists belong to whoever holds the scheduler's lock.</summary>
internal abstract class QueuedWork
{
    protected QueuedWork(ExecutionOwner owner, long arrived)
    {
        Owner = owner;
        Arrived = arrived;
        Place = new LinkedListNode<QueuedWork>(this);
        Age = new LinkedListNode<QueuedWork>(this);
    }

    public ExecutionOwner Owner { get; }

    /// <summary>Timestamp of its arrival.</summary>
    public long Arrived { get; }

    /// <summary>Its place among the work of its tenant and extension; in no list unless it waits.</summary>
    public LinkedListNode<QueuedWork> Place { get; }

    /// <summary>Its place among everything that waits, oldest first.</summary>
    public LinkedListNode<QueuedWork> Age { get; }

    /// <summary>What takes it out of the queue when nobody waits for it any more.</summary>
    public CancellationTokenRegistration Abortion { get; set; }

    /// <summary>The line that it waits in.</summary>
    public FairQueue.Line? Line { get; set; }

    /// <summary>Does the work, on a thread of the pool. Throws nothing.</summary>
    /// <param name="turns">Those in which it computes, of which it has one; null when it need not wait for any.</param>
    public abstract void Run(IProcessorTurns? turns);

    /// <summary>Tells whoever waits how it ended. After its thread was counted as free: who hears of it and comes again finds it so.</summary>
    public abstract void Complete();

    /// <summary>Ends it without having begun it, as <c>overloaded</c>.</summary>
    public abstract void Refuse();

    /// <summary>Ends it without having begun it, because nobody waits for it any more.</summary>
    public abstract void Cancel(CancellationToken cancellation);
}

/// <summary>Work with a result.</summary>
internal sealed class QueuedWork<T>(ExecutionOwner owner, Func<TimeSpan, IProcessorTurns?, T> work, TimeProvider time, RunnerMetrics metrics)
    : QueuedWork(owner, time.GetTimestamp())
{
    private readonly TaskCompletionSource<Outcome<T>> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T? result;
    private Exception? fault;

    public Task<Outcome<T>> Task => completion.Task;

    public override void Run(IProcessorTurns? turns)
    {
        var waited = time.GetElapsedTime(Arrived);
        metrics.Waited(waited);
        try
        {
            result = work(waited, turns);
        }
#pragma warning disable CA1031 // It is thrown again where the result is awaited; here it would end the thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            fault = exception;
        }
    }

    public override void Complete()
    {
        if (fault is not null) completion.SetException(fault);
        else completion.SetResult(result!);
    }

    public override void Refuse() => completion.TrySetResult(ExecutionPool.WaitedTooLong);

    public override void Cancel(CancellationToken cancellation) => completion.TrySetCanceled(cancellation);
}
