using Alga.Extensions.Gateway.Events;
using CsCheck;

namespace Alga.Extensions.Gateway.Tests.Events;

public sealed class DeliveryRulesTests
{
    private static readonly Gen<Guid> Ids = Gen.Guid;

    [Fact]
    public void A_delay_grows_with_each_failure_up_to_an_hour_and_a_half_and_is_spread() => Gen.Select(Ids, Gen.Int[1, 1_000]).Sample((id, failures) =>
    {
        var delay = DeliveryRules.Delay(id, failures, failures, isFailure: true);
        Assert.InRange(delay, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(90));
        Assert.True(DeliveryRules.Delay(id, failures + 1, failures + 1, isFailure: true) >= delay);
        Assert.InRange(DeliveryRules.Delay(id, 0, failures, isFailure: false), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(450));
    });

    [Fact]
    public void Those_that_failed_together_are_not_tried_together()
    {
        var delays = Enumerable.Range(0, 100).Select(index => DeliveryRules.Delay(new Guid(0, 0, 0, [0, 0, 0, 0, 0, 0, 0, (byte)(index * 2)]), 1, 1, isFailure: true)).Distinct();
        Assert.Equal(100, delays.Count());
    }

    [Fact]
    public void All_failures_together_take_longer_than_an_outage_of_an_hour()
    {
        var total = Enumerable.Range(1, DeliveryRules.MaxFailures - 1).Aggregate(TimeSpan.Zero, (sum, failures) => sum + DeliveryRules.Delay(Guid.Empty, failures, failures, isFailure: true));
        Assert.True(total > TimeSpan.FromHours(1), total.ToString());
    }
}
