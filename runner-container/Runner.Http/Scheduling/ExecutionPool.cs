using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// The threads that guests run on. A guest, with its host calls, blocks its thread from start to end, so their number is
/// the concurrency. What waits is served by a <see cref="FairQueue"/>, bounded for all, for each tenant and in time; the
/// rest is refused at once, and what nobody waits for any more leaves. Guests that compute for long leave processors to those of
/// others (<see cref="TenantProcessors"/>).
/// </summary>
public sealed class ExecutionPool : IDisposable
{
    internal static readonly Refusal WaitedTooLong = new(ErrorCode.Overloaded, "The request waited too long for a free thread. Try again shortly.");
    private static readonly Refusal QueueFull = new(ErrorCode.Overloaded, "The runner has more work than it can do. Try again shortly.");
    private static readonly Refusal TenantQueueFull = new(ErrorCode.Overloaded, "As many requests of this tenant wait for a thread as may. Send fewer at the same time, or try again shortly.");
    private static readonly Refusal Stopping = new(ErrorCode.Overloaded, "The runner is stopping. Try again.");

    private readonly Lock gate = new();
    private readonly FairQueue queue;
    private readonly LinkedList<QueuedWork> byAge = new();
    private readonly Stack<Worker> idle = new();
    private readonly List<Worker> workers;
    private readonly LongRuns? longRuns;
    private readonly ITimer expiry;
    private readonly Action<object?, CancellationToken> cancelWaiting;
    private readonly TimeSpan maxWait;
    private readonly int maxWaiting;
    private readonly int maxWaitingOfTenant;
    private readonly TimeProvider time;
    private readonly RunnerMetrics metrics;
    private bool stopping;

    public ExecutionPool(RunnerOptions options, TimeProvider time, RunnerMetrics metrics)
    {
        this.time = time;
        this.metrics = metrics;
        queue = new FairQueue(options.TenantConcurrency, options.ExtensionConcurrency);
        maxWait = TimeSpan.FromMilliseconds(options.QueueTimeoutMs);
        maxWaiting = options.QueueLength;
        maxWaitingOfTenant = options.TenantQueueLength;
        cancelWaiting = (item, aborted) => Cancel((QueuedWork)item!, aborted);
        expiry = time.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var processors = new TenantProcessors(ThreadProcessors.Get(threadId: 0), Environment.ProcessorCount, time);
        workers = [.. Enumerable.Range(1, options.Concurrency).Select(number => new Worker(number, processors, Work))];
        foreach (var worker in workers) idle.Push(worker);
        metrics.Observe(() => Count(static pool => pool.queue.Waiting), () => workers.Count - Count(static pool => pool.idle.Count), workers.Count);
        foreach (var worker in workers) worker.Start();
        Action<ThreadPolicy>? setPolicy = ThreadPolicies.IsBatch ? static policy => ThreadPolicies.SetAll(policy) : null;
        if (processors.CanBeShared || setPolicy is not null) longRuns = new LongRuns(workers, processors, metrics, setPolicy);
    }

    /// <summary>
    /// Runs work on one of the threads, or refuses it as <c>overloaded</c> without having begun it.
    /// </summary>
    /// <param name="owner">Whose share it takes.</param>
    /// <param name="work">Gets the time that it waited, and the turns in which it computes when it is one of several that do so for long.</param>
    /// <param name="aborted">Takes it out of the queue; what has begun is finished all the same.</param>
    /// <exception cref="OperationCanceledException">It was taken out.</exception>
    public Task<Outcome<T>> RunAsync<T>(ExecutionOwner owner, Func<TimeSpan, IProcessorTurns?, T> work, CancellationToken aborted)
    {
        var item = new QueuedWork<T>(owner, work, time, metrics);
        lock (gate)
        {
            if (stopping) return Task.FromResult<Outcome<T>>(Stopping);
            if (idle.Count > 0 && queue.TryStart(item))
            {
                idle.Pop().Assign(item);
                return item.Task;
            }

            if (queue.Waiting >= maxWaiting) return Task.FromResult<Outcome<T>>(QueueFull);
            if (queue.WaitingOf(owner.TenantId) >= maxWaitingOfTenant) return Task.FromResult<Outcome<T>>(TenantQueueFull);
            queue.Add(item);
            byAge.AddLast(item.Age);
            if (byAge.Count == 1) expiry.Change(maxWait, Timeout.InfiniteTimeSpan);
            // Under the lock: before it is in the queue it cannot be taken out, and once it has left it there is nothing to take out.
            item.Abortion = aborted.UnsafeRegister(cancelWaiting, item);
        }

        return item.Task;
    }

    public void Dispose()
    {
        lock (gate)
        {
            stopping = true;
            while (byAge.First is { } oldest) Leave(oldest.Value).Refuse();
            while (idle.TryPop(out var worker)) worker.Assign(null);
        }

        longRuns?.Dispose();
        foreach (var worker in workers) worker.Dispose();
        expiry.Dispose();
    }

    private void Cancel(QueuedWork item, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (item.Age.List is null) return;
            Leave(item);
            AssignIdle();
        }

        item.Cancel(cancellation);
    }

    private void Expire()
    {
        lock (gate)
        {
            while (byAge.First is { } oldest && time.GetElapsedTime(oldest.Value.Arrived) >= maxWait) Leave(oldest.Value).Refuse();
            AssignIdle();
            // At least a millisecond, since a timer may fire a little early and must not spin.
            if (byAge.First is { } next) expiry.Change(Later(maxWait - time.GetElapsedTime(next.Value.Arrived)), Timeout.InfiniteTimeSpan);
        }
    }

    private static TimeSpan Later(TimeSpan left) => left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left;

    private QueuedWork Leave(QueuedWork item)
    {
        item.Abortion.Unregister();
        byAge.Remove(item.Age);
        queue.Remove(item);
        return item;
    }

    private void Work(Worker worker)
    {
        while (worker.Wait() is { } assigned)
        {
            for (QueuedWork? work = assigned; work is not null;)
            {
                worker.Run(work);
                var next = Next(work, worker);
                work.Complete();
                work = next;
            }
        }
    }

    /// <summary>What the thread does next; null when it is to wait for an assignment.</summary>
    private QueuedWork? Next(QueuedWork done, Worker worker)
    {
        lock (gate)
        {
            queue.Release(done);
            var next = TakeWaiting();
            if (next is null)
            {
                if (stopping) worker.Assign(null);
                else idle.Push(worker);
                return null;
            }

            // What ended may have held back more than one: a tenant's other extension, and another tenant's same one.
            AssignIdle();
            return next;
        }
    }

    private void AssignIdle()
    {
        while (idle.Count > 0 && TakeWaiting() is { } work) idle.Pop().Assign(work);
    }

    private QueuedWork? TakeWaiting()
    {
        if (queue.Take() is not { } work) return null;
        work.Abortion.Unregister();
        byAge.Remove(work.Age);
        return work;
    }

    private int Count(Func<ExecutionPool, int> count)
    {
        lock (gate) return count(this);
    }
}
