using System.Collections.Concurrent;

namespace Alga.Extensions.Contracts.Tests;

public sealed class FrequentIdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void An_id_has_the_time_version_and_variant_of_the_one_that_the_framework_makes()
    {
        for (var i = 0; i < 1_000; i++)
        {
            var (expected, actual) = (Guid.CreateVersion7(Noon).ToString("D"), FrequentId.Create(Noon).ToString("D"));
            Assert.Equal(expected[..14], actual[..14]);
            Assert.Equal('7', actual[14]);
            Assert.Contains(actual[19], "89ab");
        }
    }

    [Fact]
    public void The_latest_time_and_the_earliest_have_ids()
    {
        Assert.StartsWith("00000000-0000-7", FrequentId.Create(DateTimeOffset.UnixEpoch).ToString("D"), StringComparison.Ordinal);
        Assert.Equal(Guid.CreateVersion7(DateTimeOffset.MaxValue).ToString("D")[..14], FrequentId.Create(DateTimeOffset.MaxValue).ToString("D")[..14]);
        Assert.Throws<ArgumentOutOfRangeException>(() => FrequentId.Create(DateTimeOffset.UnixEpoch.AddMilliseconds(-1)));
    }

    [Fact]
    public void No_two_ids_are_the_same_on_any_threads()
    {
        var ids = new ConcurrentBag<Guid>();
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 5_000; i++) ids.Add(FrequentId.Create(Noon));
        })).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.Equal(20_000, ids.Distinct().Count());
    }

    [Fact]
    public void All_bits_but_those_of_time_version_and_variant_are_random()
    {
        var (ever, always) = (new byte[16], Enumerable.Repeat((byte)0xFF, 16).ToArray());
        for (var i = 0; i < 200; i++)
        {
            var bytes = FrequentId.Create(Noon).ToByteArray(bigEndian: true);
            for (var at = 0; at < bytes.Length; at++)
            {
                ever[at] |= bytes[at];
                always[at] &= bytes[at];
            }
        }

        Assert.Equal([0x0F, 0xFF, 0x3F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], ever[6..].Zip(always[6..], (seen, fixedBits) => (byte)(seen & ~fixedBits)));
    }
}
