using WasmEngine = Wasmtime.Engine;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Advances an engine's epoch, which is what ends an endless loop. A thread of its own: a timer of the thread pool would
/// stand still exactly when guests keep all its threads busy.
/// </summary>
internal sealed class EpochTicker : IDisposable
{
    /// <summary>Length of a tick: an invocation is stopped at most about one tick after its deadline.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    // Without spinning: a tick is far longer than any spin.
    private readonly ManualResetEventSlim stopped = new(initialState: false, spinCount: 0);
    private readonly WasmEngine engine;
    private readonly TimeProvider time;
    private readonly Thread thread;

    public EpochTicker(WasmEngine engine, TimeProvider time, string name)
    {
        this.engine = engine;
        this.time = time;
        thread = new Thread(Run) { Name = name, IsBackground = true, Priority = ThreadPriority.Highest };
        thread.Start();
    }

    /// <summary>Ticks that cover a time, rounded up, and one more because the running tick has already begun.</summary>
    public static ulong TicksFor(TimeSpan time) => time <= TimeSpan.Zero ? 1 : (ulong)((time.Ticks + Tick.Ticks - 1) / Tick.Ticks) + 1;

    public void Dispose()
    {
        stopped.Set();
        thread.Join();
        stopped.Dispose();
    }

    private void Run()
    {
        var started = time.GetTimestamp();
        long ticks = 0;
        while (!stopped.Wait(Tick))
        {
            // On a machine that is short of processor time the wait is longer than asked for: catch up.
            var due = time.GetElapsedTime(started).Ticks / Tick.Ticks;
            for (; ticks < due; ticks++) engine.IncrementEpoch();
        }
    }
}
