namespace Alga.Extensions.Runner.Http.Tests;

public sealed class ProcessorTurnsTests
{
    private static readonly TimeSpan ForEver = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void No_more_compute_at_the_same_time_than_there_are_turns_and_everybody_has_as_many_as_it_asks_for(int atOnce)
    {
        var turns = new ProcessorTurns(atOnce, ForEver);
        var computing = 0;
        var most = 0;
        var done = 0;
        RunAll(8, number =>
        {
            for (var i = 0; i < 300; i++)
            {
                turns.Enter();
                Compute();
                if ((i + number) % 3 == 0)
                {
                    turns.Rotate(ForEver);
                    Compute();
                    turns.Leave();
                    turns.Return(ForEver);
                    Compute();
                }

                turns.Leave();
                Interlocked.Increment(ref done);
            }
        });
        Assert.InRange(most, 1, atOnce);
        Assert.Equal(8 * 300, done);
        Assert.Equal((0, 0), (turns.Computing, turns.Waiting));

        void Compute()
        {
            var now = Interlocked.Increment(ref computing);
            for (var seen = most; now > seen; seen = most) Interlocked.CompareExchange(ref most, now, seen);
            Thread.SpinWait(100);
            Interlocked.Decrement(ref computing);
        }
    }

    [Fact]
    public void Who_comes_goes_before_those_who_had_a_turn()
    {
        var turns = new ProcessorTurns(1, ForEver);
        var order = new List<string>();
        using var release = new ManualResetEventSlim();
        turns.Enter();
        var second = Start(() =>
        {
            turns.Enter();
            order.Add("second");
            release.Wait();
            turns.Leave();
        });
        Until(() => turns.Waiting == 1);
        var third = Start(() =>
        {
            Until(() => turns.Waiting == 1 && turns.Computing == 1 && order.Count == 1);
            turns.Enter();
            order.Add("third");
            turns.Leave();
        });
        var releasing = Start(() =>
        {
            Until(() => turns.Waiting == 2);
            release.Set();
        });

        turns.Rotate(ForEver);

        order.Add("first again");
        turns.Leave();
        foreach (var thread in new[] { second, third, releasing }) thread.Join();
        Assert.Equal(["second", "third", "first again"], order);
    }

    [Fact]
    public void Who_is_alone_goes_on_at_once()
    {
        var turns = new ProcessorTurns(1, ForEver);
        turns.Enter();
        turns.Rotate(ForEver);
        Assert.Equal((1, 0), (turns.Computing, turns.Waiting));
    }

    [Fact]
    public void Who_returns_at_once_does_not_wait_and_is_counted()
    {
        var turns = new ProcessorTurns(1, ForEver);
        turns.Enter();
        turns.Return(TimeSpan.Zero);
        Assert.Equal((2, 0), (turns.Computing, turns.Waiting));
    }

    [Fact]
    public void Whose_own_time_is_over_waits_no_longer()
    {
        var turns = new ProcessorTurns(1, ForEver);
        turns.Enter();
        turns.Return(TimeSpan.FromMilliseconds(20));
        var waiting = Start(turns.Enter);
        Until(() => turns.Waiting == 1);
        turns.Rotate(TimeSpan.FromMilliseconds(20));
        Assert.Equal((2, 1), (turns.Computing, turns.Waiting));
        turns.Leave();
        turns.Leave();
        waiting.Join();
        Assert.Equal((1, 0), (turns.Computing, turns.Waiting));
    }

    /// <summary>A turn may not be given back for long: a guest that fills all its memory is at one instruction.</summary>
    [Fact]
    public void Who_has_waited_for_long_goes_on_without_a_turn_and_is_counted()
    {
        var turns = new ProcessorTurns(1, TimeSpan.FromMilliseconds(20));
        turns.Enter();
        turns.Enter();
        Assert.Equal((2, 0), (turns.Computing, turns.Waiting));
        turns.Leave();
        turns.Leave();
        Assert.Equal((0, 0), (turns.Computing, turns.Waiting));
    }

    private static void RunAll(int count, Action<int> work)
    {
        var threads = Enumerable.Range(0, count).Select(number => Start(() => work(number))).ToList();
        foreach (var thread in threads) thread.Join();
    }

    private static Thread Start(Action work)
    {
        var thread = new Thread(() => work());
        thread.Start();
        return thread;
    }

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(60)));
}
