using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// The turns of a tenant's guests that compute for long: so many compute at the same time as the tenant has processors. More would do no
/// more work, and everybody else's threads would have them all to wait for. Who comes goes before those who had a turn already.
/// </summary>
/// <param name="atOnce">Guests that compute at the same time, at least 1.</param>
/// <param name="patience">How long one waits at most: a turn that is not given back, as by a guest that fills all its memory at once or waits for a timer, holds nobody up for longer.</param>
internal sealed class ProcessorTurns(int atOnce, TimeSpan patience) : IProcessorTurns
{
    private readonly Lock gate = new();
    private readonly LinkedList<ManualResetEventSlim> newcomers = new();
    private readonly LinkedList<ManualResetEventSlim> others = new();
    private int computing;

    /// <summary>Guests that have a turn.</summary>
    public int Computing
    {
        get
        {
            lock (gate) return computing;
        }
    }

    /// <summary>Guests that wait for one.</summary>
    public int Waiting
    {
        get
        {
            lock (gate) return newcomers.Count + others.Count;
        }
    }

    /// <summary>A guest comes: returns when it has a turn.</summary>
    public void Enter() => Wait(newcomers, patience);

    public void Leave()
    {
        lock (gate)
        {
            computing--;
            Give();
        }
    }

    public void Return(TimeSpan atMost) => Wait(newcomers, atMost);

    public void Rotate(TimeSpan atMost)
    {
        lock (gate)
        {
            if (newcomers.Count + others.Count == 0) return;
        }

        Leave();
        Wait(others, atMost);
    }

    private void Wait(LinkedList<ManualResetEventSlim> line, TimeSpan atMost)
    {
        ManualResetEventSlim turn;
        lock (gate)
        {
            if (computing < atOnce || atMost <= TimeSpan.Zero)
            {
                computing++;
                return;
            }

            // Without spinning: the processor is for whose turn it is.
            turn = new ManualResetEventSlim(initialState: false, spinCount: 0);
            line.AddLast(turn);
        }

        using (turn)
        {
            turn.Wait(atMost < patience ? atMost : patience);
            lock (gate)
            {
                // Still in line: it was not given one until now, so it goes on without.
                if (line.Remove(turn)) computing++;
            }
        }
    }

    private void Give()
    {
        while (computing < atOnce && (newcomers.First ?? others.First) is { } next)
        {
            next.List!.Remove(next);
            computing++;
            next.Value.Set();
        }
    }
}
