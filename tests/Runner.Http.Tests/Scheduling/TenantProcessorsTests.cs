using Alga.Extensions.Testing;
using CsCheck;

namespace Alga.Extensions.Runner.Http.Tests;

public sealed class TenantProcessorsTests
{
    private static readonly Guid Acme = RunnerFixture.Acme;
    private static readonly Guid Globex = RunnerFixture.Globex;

    private readonly ManualTime time = new();

    [Fact]
    public void A_tenant_that_is_alone_has_all_processors_however_long_it_computes()
    {
        var processors = Create(4);
        Assert.Null(processors.Begin(Acme));
        Assert.Null(processors.ComputesForLong(Acme));
        Assert.Null(processors.Begin(Acme));
    }

    [Fact]
    public void Beside_others_what_computes_for_long_has_half_of_them_and_what_does_not_has_all()
    {
        var processors = Create(4);
        processors.Begin(Globex);
        Assert.Null(processors.Begin(Acme));
        var half = processors.ComputesForLong(Acme);
        Assert.Equal(2, half?.Processors?.Count);
        Assert.Equal(half, processors.Begin(Acme));
        Assert.Null(processors.Begin(Globex));
        Assert.Equal(half, processors.ComputesForLong(Acme));
    }

    [Fact]
    public void A_tenant_is_taken_to_compute_for_long_for_a_second_after_it_was_found_to()
    {
        var processors = Create(2);
        processors.Begin(Globex);
        processors.ComputesForLong(Acme);
        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.NotNull(processors.Begin(Acme));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(processors.Begin(Acme));
    }

    [Fact]
    public void Who_has_not_called_for_more_than_ten_seconds_is_not_there_any_more()
    {
        var processors = Create(2);
        processors.Begin(Globex);
        time.Advance(TimeSpan.FromSeconds(10));
        processors.Begin(Acme);
        Assert.NotNull(processors.ComputesForLong(Acme));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(processors.ComputesForLong(Acme));
        Assert.NotNull(processors.ComputesForLong(Globex));
    }

    [Theory]
    [InlineData(1, 8, 0)]
    [InlineData(8, 1, 0)]
    [InlineData(0, 8, 0)]
    [InlineData(2, 2, 1)]
    [InlineData(3, 8, 1)]
    [InlineData(64, 2, 1)]
    [InlineData(8, 8, 4)]
    public void Half_is_of_what_can_be_used_at_the_same_time(int seen, int usable, int half)
    {
        var processors = new TenantProcessors(Set(Enumerable.Range(0, seen)), usable, time);
        processors.Begin(Globex);
        processors.Begin(Acme);
        Assert.Equal(seen > 0, processors.CanBeShared);
        if (seen > 0) Assert.Equal(half, processors.ComputesForLong(Acme)!.Processors?.Count ?? 0);
    }

    [Fact]
    public void Runs_of_a_set_have_only_its_processors_and_each_as_often_as_every_other() =>
        Gen.Select(Gen.Int[0, 1023].HashSet[1, 40], Gen.Double[0, 1]).Sample((numbers, part) =>
        {
            var length = Math.Max(1, (int)(part * numbers.Count));
            var runs = Set(numbers).Runs(length).Select(Numbers).ToList();
            Assert.Equal(numbers.Count, runs.Count);
            Assert.All(runs, run => Assert.Equal(length, run.Count));
            Assert.All(numbers, number => Assert.Equal(length, runs.Count(run => run.Contains(number))));
        });

    private TenantProcessors Create(int processors) => new(Set(Enumerable.Range(0, processors)), processors, time);

    private static ProcessorSet Set(IEnumerable<int> numbers)
    {
        var words = new ulong[ProcessorSet.Words];
        foreach (var number in numbers) words[number / 64] |= 1UL << (number % 64);
        return new ProcessorSet(words);
    }

    private static List<int> Numbers(ProcessorSet set)
    {
        var words = set.Bits.ToArray();
        return [.. Enumerable.Range(0, 1_024).Where(number => (words[number / 64] >> (number % 64) & 1) != 0)];
    }
}
