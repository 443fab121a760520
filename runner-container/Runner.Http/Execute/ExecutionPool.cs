using System.Collections.Concurrent;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// The threads that guests run on. A guest, with its host calls, blocks its thread from start to end, so their number is
/// the concurrency; what waits is bounded in number and in time, and the rest is refused at once.
/// </summary>
public sealed class ExecutionPool : IDisposable
{
    private static readonly Refusal Overloaded = new(ErrorCode.Overloaded, "The runner has more work than it can do. Try again shortly.");

    private readonly BlockingCollection<Action> queue;
    private readonly TimeSpan maxWait;
    private readonly TimeProvider time;
    private readonly RunnerMetrics metrics;
    private readonly List<Thread> threads;
    private readonly int capacity;
    private int inside;

    public ExecutionPool(RunnerOptions options, TimeProvider time, RunnerMetrics metrics)
    {
        this.time = time;
        this.metrics = metrics;
        maxWait = TimeSpan.FromMilliseconds(options.QueueTimeoutMs);
        capacity = options.Concurrency + options.QueueLength;
        queue = [];
        threads = [.. Enumerable.Range(1, options.Concurrency).Select(number => new Thread(Work, Invoker.ThreadStackBytes) { Name = $"guest {number}", IsBackground = true })];
        foreach (var thread in threads) thread.Start();
    }

    /// <summary>Runs work on one of the threads, or refuses it as <c>overloaded</c> without having begun it.</summary>
    public async Task<Outcome<T>> RunAsync<T>(Func<T> work)
    {
        if (Interlocked.Increment(ref inside) > capacity)
        {
            Interlocked.Decrement(ref inside);
            return Overloaded;
        }

        try
        {
            var item = new Item<T>(work);
            var queued = time.GetTimestamp();
            queue.Add(() => item.Run(() => metrics.Waited(time.GetElapsedTime(queued))));
            using var giveUp = new CancellationTokenSource(maxWait, time);
            // Whoever is first, the thread or the clock, decides.
            await using var registration = giveUp.Token.Register(item.GiveUp);
            return await item.Task;
        }
        finally
        {
            Interlocked.Decrement(ref inside);
        }
    }

    public void Dispose()
    {
        queue.CompleteAdding();
        foreach (var thread in threads) thread.Join();
        queue.Dispose();
    }

    private void Work()
    {
        foreach (var item in queue.GetConsumingEnumerable()) item();
    }

    private sealed class Item<T>(Func<T> work)
    {
        private readonly TaskCompletionSource<Outcome<T>> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int taken;

        public Task<Outcome<T>> Task => completion.Task;

        public void GiveUp()
        {
            if (Interlocked.Exchange(ref taken, 1) == 0) completion.SetResult(Overloaded);
        }

        public void Run(Action begun)
        {
            if (Interlocked.Exchange(ref taken, 1) != 0) return;
            begun();
            try
            {
                completion.SetResult(work());
            }
#pragma warning disable CA1031 // It is thrown again where the result is awaited; here it would end the thread.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                completion.SetException(exception);
            }
        }
    }
}
