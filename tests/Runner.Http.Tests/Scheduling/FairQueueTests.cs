using Alga.Extensions.Runner.Engine;
using CsCheck;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>Who runs next, without threads: order and counts only.</summary>
public sealed class FairQueueTests
{
    private const string Reports = "com.acme.reports";
    private const string Invoices = "com.acme.invoices";

    [Fact]
    public void Tenants_take_turns_however_much_one_of_them_sends()
    {
        var queue = new FairQueue(10, 10);
        for (var i = 0; i < 100; i++) queue.Add(Work(1));
        for (var i = 0; i < 3; i++) queue.Add(Work(2));
        queue.Add(Work(3));

        // The second and the third have all their work done by the seventh turn; the first gets what is left.
        Assert.Equal([1, 2, 3, 1, 2, 1, 2, 1, 1], TakeAndRelease(queue, 9));
    }

    [Fact]
    public void Extensions_of_a_tenant_take_turns_within_its_own()
    {
        var queue = new FairQueue(10, 10);
        for (var i = 0; i < 5; i++) queue.Add(Work(1));
        queue.Add(Work(1, Invoices));

        Assert.Equal(Reports, queue.Take()!.Owner.Extension);
        Assert.Equal(Invoices, queue.Take()!.Owner.Extension);
    }

    [Fact]
    public void A_tenant_at_its_cap_waits_and_the_others_go_on()
    {
        var queue = new FairQueue(2, 100);
        var running = Enumerable.Range(0, 5).Select(_ => Add(queue, 1)).ToList();
        Add(queue, 2);

        Assert.Equal([1, 2, 1], [Number(queue.Take()), Number(queue.Take()), Number(queue.Take())]);
        Assert.Null(queue.Take());
        Assert.False(queue.TryStart(Work(1, Invoices)));
        Assert.True(queue.TryStart(Work(3)));

        queue.Release(running[0]);
        Assert.Equal(1, Number(queue.Take()));
        Assert.Null(queue.Take());
    }

    [Fact]
    public void An_extension_at_its_cap_waits_and_other_extensions_go_on()
    {
        var queue = new FairQueue(100, 2);
        var first = Add(queue, 1);
        foreach (var tenant in new[] { 2, 3, 4 }) Add(queue, tenant);
        Add(queue, 4, Invoices);

        Assert.Equal([1, 2, 4], [Number(queue.Take()), Number(queue.Take()), Number(queue.Take())]);
        Assert.Null(queue.Take());

        // Who has waited longest is next, and none that comes now overtakes it.
        Add(queue, 5);
        queue.Release(first);
        Assert.False(queue.TryStart(Work(6)));
        Assert.Equal(3, Number(queue.Take()));
        Assert.Null(queue.Take());
    }

    [Fact]
    public void A_place_kept_for_work_that_leaves_goes_to_the_next()
    {
        var queue = new FairQueue(100, 1);
        var running = Add(queue, 1);
        var leaving = Add(queue, 2);
        Add(queue, 3);
        Assert.Same(running, queue.Take());

        Assert.Null(queue.Take());
        queue.Release(running);
        queue.Remove(leaving);

        Assert.Equal(3, Number(queue.Take()));
        Assert.Equal(0, queue.Waiting);
    }

    [Fact]
    public void What_leaves_is_not_counted_any_more()
    {
        var queue = new FairQueue(1, 1);
        var first = Add(queue, 1);
        var second = Add(queue, 1);
        Assert.Equal(2, queue.WaitingOf(Tenant(1)));

        queue.Remove(first);
        Assert.Equal(1, queue.WaitingOf(Tenant(1)));
        Assert.Same(second, queue.Take());
        Assert.Equal(0, queue.Waiting);
    }

    /// <summary>Whatever happens in whatever order: caps hold, nothing that could run is left waiting, and everything is served in the end.</summary>
    [Fact]
    public void Caps_hold_and_nothing_is_forgotten() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], Gen.Select(Gen.Int[0, 3], Gen.Int[1, 4], Gen.Int[1, 3]).Array[0, 60]).Sample((tenantCap, extensionCap, steps) =>
        {
            var queue = new FairQueue(tenantCap, extensionCap);
            var waiting = new List<QueuedWork>();
            var running = new List<QueuedWork>();
            foreach (var (step, tenant, extension) in steps)
            {
                switch (step)
                {
                    case 0 or 1:
                        waiting.Add(Add(queue, tenant, $"extension{extension}"));
                        break;
                    case 2 when running.Count > 0:
                        queue.Release(running[(tenant * extension) % running.Count]);
                        running.RemoveAt((tenant * extension) % running.Count);
                        break;
                    case 3 when waiting.Count > 0:
                        queue.Remove(waiting[(tenant * extension) % waiting.Count]);
                        waiting.RemoveAt((tenant * extension) % waiting.Count);
                        break;
                }

                if (step != 1) TakeAll(queue, waiting, running);
                Check(queue, waiting, running, tenantCap, extensionCap);
            }

            TakeAll(queue, waiting, running);
            while (running.Count > 0)
            {
                queue.Release(running[0]);
                running.RemoveAt(0);
                TakeAll(queue, waiting, running);
                Check(queue, waiting, running, tenantCap, extensionCap);
            }

            Assert.Empty(waiting);
            Assert.Equal(0, queue.Waiting);
        });

    private static void TakeAll(FairQueue queue, List<QueuedWork> waiting, List<QueuedWork> running)
    {
        while (queue.Take() is { } work)
        {
            Assert.True(waiting.Remove(work));
            running.Add(work);
        }
    }

    private static void Check(FairQueue queue, List<QueuedWork> waiting, List<QueuedWork> running, int tenantCap, int extensionCap)
    {
        Assert.Equal(waiting.Count, queue.Waiting);
        Assert.All(running.CountBy(work => work.Owner.TenantId), count => Assert.InRange(count.Value, 1, tenantCap));
        Assert.All(running.CountBy(work => work.Owner.Extension), count => Assert.InRange(count.Value, 1, extensionCap));
    }

    private static IEnumerable<int> TakeAndRelease(FairQueue queue, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var work = queue.Take()!;
            queue.Release(work);
            yield return Number(work);
        }
    }

    private static FakeWork Add(FairQueue queue, int tenant, string extension = Reports)
    {
        var work = Work(tenant, extension);
        queue.Add(work);
        return work;
    }

    private static FakeWork Work(int tenant, string extension = Reports) => new(new ExecutionOwner(Tenant(tenant), extension));

    private static Guid Tenant(int number) => new(number, 0, 0, new byte[8]);

    private static int Number(QueuedWork? work) => BitConverter.ToInt32(work!.Owner.TenantId.ToByteArray());

    private sealed class FakeWork(ExecutionOwner owner) : QueuedWork(owner, 0)
    {
        public override void Run(IProcessorTurns? turns)
        {
        }

        public override void Complete()
        {
        }

        public override void Refuse()
        {
        }

        public override void Cancel(CancellationToken cancellation)
        {
        }
    }
}
