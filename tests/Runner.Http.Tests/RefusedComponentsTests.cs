using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Http.Tests;

public sealed class RefusedComponentsTests
{
    private static readonly Refusal No = new(ErrorCode.BundleUnavailable, "no");
    private readonly ManualTime time = new();

    [Fact]
    public void A_refusal_is_remembered_for_a_while()
    {
        var refused = new RefusedComponents(time);
        refused.Add([1], No);
        Assert.True(refused.TryGet([1], out var known));
        Assert.Same(No, known);
        Assert.False(refused.TryGet([2], out _));
        time.Advance(RefusedComponents.Lifetime);
        Assert.False(refused.TryGet([1], out _));
    }

    [Fact]
    public void No_more_are_remembered_than_there_is_room_for()
    {
        var refused = new RefusedComponents(time);
        for (var number = 0; number <= RefusedComponents.MaxCount; number++)
        {
            refused.Add(BitConverter.GetBytes(number), No);
            refused.Add(BitConverter.GetBytes(number), No);
        }

        Assert.False(refused.TryGet(BitConverter.GetBytes(0), out _));
        Assert.True(refused.TryGet(BitConverter.GetBytes(1), out _));
        Assert.True(refused.TryGet(BitConverter.GetBytes(RefusedComponents.MaxCount), out _));
    }

    private sealed class ManualTime : TimeProvider
    {
        private long now;

        public override long GetTimestamp() => now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => now += by.Ticks;
    }
}
