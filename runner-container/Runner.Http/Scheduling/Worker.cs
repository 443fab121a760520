using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// One of the places that guests run in. It has a thread, and after a run that was deprioritized another one: a thread that was given
/// less of the processors cannot be given more again without rights that a container does not have.
/// </summary>
internal sealed class Worker : IDisposable
{
    // Without spinning: the processor is for guests, and under load a thread finds its next work in the queue.
    private readonly ManualResetEventSlim assigned = new(initialState: false, spinCount: 0);
    private readonly ManualResetEventSlim left = new(initialState: false, spinCount: 0);
    private readonly Lock gate = new();
    private readonly string name;
    private readonly Action<Worker, QueuedWork?> loop;
    private Thread thread;
    private QueuedWork? work;
    private QueuedWork? done;
    private int threadId;

    // Number of the run: positive while it goes on, negative once it was deprioritized, 0 in between.
    private long run;
    private long runs;

    /// <param name="name">Name of its threads.</param>
    /// <param name="loop">What each of its threads does: gets the worker, and what the thread before it ran last.</param>
    public Worker(string name, Action<Worker, QueuedWork?> loop)
    {
        this.name = name;
        this.loop = loop;
        thread = CreateThread(() => null);
    }

    /// <summary>Number of the run that goes on and was not deprioritized; 0 for none.</summary>
    public long CurrentRun => Math.Max(0, Volatile.Read(ref run));

    /// <summary>Processor time of its thread so far.</summary>
    public TimeSpan ProcessorTime => NativeThread.ProcessorTime(Volatile.Read(ref threadId));

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
        assigned.Wait();
        assigned.Reset();
        return work;
    }

    /// <summary>Does the work; false when another thread takes the worker over from here, with this work as done.</summary>
    public bool Run(QueuedWork next)
    {
        Volatile.Write(ref run, ++runs);
        next.Run();
        if (Interlocked.Exchange(ref run, 0) >= 0) return true;
        // Whoever deprioritized it is in the lock until it has spoken of this thread for the last time, and made the next.
        lock (gate) done = next;
        left.Set();
        return false;
    }

    /// <summary>
    /// Gives a run less of the processors until it ends; then a new thread takes the worker over. It is to be called by a thread
    /// that has its full share: a new thread has what its maker has.
    /// </summary>
    /// <param name="seen">The run. Nothing happens when it has ended.</param>
    /// <returns>Whether it was deprioritized.</returns>
    public bool Deprioritize(long seen)
    {
        lock (gate)
        {
            if (Interlocked.CompareExchange(ref run, -seen, seen) != seen) return false;
            NativeThread.Deprioritize(threadId);
            thread = CreateThread(() =>
            {
                left.Wait();
                left.Reset();
                lock (gate) return done;
            });
            thread.Start();
            return true;
        }
    }

    /// <summary>Waits for its thread to end. Nobody may deprioritize it any more.</summary>
    public void Dispose()
    {
        thread.Join();
        assigned.Dispose();
        left.Dispose();
    }

    private Thread CreateThread(Func<QueuedWork?> before) => new(
        () =>
        {
            var last = before();
            Volatile.Write(ref threadId, NativeThread.CurrentId);
            loop(this, last);
        },
        Invoker.ThreadStackBytes)
    {
        Name = name,
        IsBackground = true,
    };
}
