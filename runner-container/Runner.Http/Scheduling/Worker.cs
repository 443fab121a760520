using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Http;

/// <summary>A thread that guests run on, one after the other.</summary>
internal sealed class Worker : IDisposable
{
    /// <summary>Processor time that a guest has, from when it is first looked at, before it is one that computes for long.</summary>
    private static readonly TimeSpan Allowance = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// How often a thread looks for work before it sleeps. Under load work comes at once, and to be woken costs more than to look; each
    /// time the processor is left to whoever wants it.
    /// </summary>
    private const int LooksBeforeSleep = 20;

    // Its own spinning keeps the processor to itself at first, which other guests want.
    private readonly ManualResetEventSlim assigned = new(initialState: false, spinCount: 0);
    private readonly Lock gate = new();
    private readonly TenantProcessors processors;
    private readonly Thread thread;
    private QueuedWork? work;
    private QueuedWork? running;
    private QueuedWork? lookedAt;
    private TimeSpan used;
    private bool isConfined;
    private bool wasSeenBefore;
    private int threadId;

    /// <param name="number">Its place in the name of the thread.</param>
    /// <param name="processors">What guests run on.</param>
    /// <param name="loop">What the thread does.</param>
    public Worker(int number, TenantProcessors processors, Action<Worker> loop)
    {
        this.processors = processors;
        thread = new Thread(
            () =>
            {
                threadId = ThreadProcessors.CurrentThreadId;
                loop(this);
            },
            Invoker.ThreadStackBytes)
        {
            Name = $"guest {number}",
            IsBackground = true,
        };
    }

    public void Start() => thread.Start();

    /// <summary>Hands over work; null ends the thread.</summary>
    public void Assign(QueuedWork? next)
    {
        work = next;
        assigned.Set();
    }

    /// <summary>Waits for an assignment.</summary>
    public QueuedWork? Wait()
    {
        for (var looks = 0; looks < LooksBeforeSleep && !assigned.IsSet; looks++) Thread.Yield();
        assigned.Wait();
        assigned.Reset();
        return work;
    }

    /// <summary>Does the work, on the thread of this worker.</summary>
    public void Run(QueuedWork next)
    {
        ProcessorShare? share;
        lock (gate)
        {
            running = next;
            share = processors.Begin(next.Owner.TenantId);
            if (share?.Processors is { } few) Confine(few);
        }

        share?.Turns.Enter();
        next.Run(share?.Turns);
        share?.Turns.Leave();
        lock (gate)
        {
            running = null;
            // If the system refuses it, it is tried again after the next one.
            if (isConfined) isConfined = !ThreadProcessors.Set(threadId, processors.All);
        }
    }

    /// <summary>
    /// Looks how long the guest has computed by now, and confines one that does so for long. What waits for a host call computes nothing.
    /// For one thread only.
    /// </summary>
    /// <returns>Whether it does so beside other tenants and was not seen to before.</returns>
    public bool Look()
    {
        lock (gate)
        {
            if (running is null || !ReferenceEquals(running, lookedAt))
            {
                lookedAt = running;
                wasSeenBefore = false;
                if (running is not null) used = ThreadProcessors.ProcessorTime(threadId);
                return false;
            }

            if (ThreadProcessors.ProcessorTime(threadId) - used < Allowance) return false;
            if (processors.ComputesForLong(running.Owner.TenantId) is not { } share) return false;
            if (share.Processors is { } few && !isConfined) Confine(few);
            if (wasSeenBefore) return false;
            return wasSeenBefore = true;
        }
    }

    /// <summary>Waits for its thread to end.</summary>
    public void Dispose()
    {
        thread.Join();
        assigned.Dispose();
    }

    private void Confine(ProcessorSet few) => isConfined = ThreadProcessors.Set(threadId, few);
}
