using Alga.Extensions.Registry.Install;
using Alga.Extensions.Registry.Install.Upgrade;
using CsCheck;

namespace Alga.Extensions.Registry.Tests.Lifecycle;

/// <summary>What holds of every upgrade, whatever two versions ask for.</summary>
public sealed class UpgradeRulesTests
{
    private static readonly Gen<string[]> Names = OneOf("a", "b", "c", "d", "e", "A").Array[0, 8];

    private static readonly Gen<string[]> Hosts =
        OneOf("*.x.com", "a.x.com", "b.a.x.com", "*.a.x.com", "x.com", "y.com", "ax.com").Array[0, 6];

    private static readonly Gen<InstallGrants> Grants = Gen.Select(Names, Hosts, InstallGrants.Sorted);

    [Fact]
    public void A_difference_parts_both_sides_without_overlap_and_turned_round_it_is_turned_round() => Gen.Select(Names, Names).Sample((from, to) =>
    {
        var difference = Difference.Between(from, to);

        Assert.Equal(to.Distinct().Order(StringComparer.Ordinal), difference.Added.Concat(difference.Unchanged).Order(StringComparer.Ordinal));
        Assert.Equal(from.Distinct().Order(StringComparer.Ordinal), difference.Removed.Concat(difference.Unchanged).Order(StringComparer.Ordinal));
        Assert.Empty(difference.Added.Intersect(from));
        Assert.Empty(difference.Removed.Intersect(to));
        var back = Difference.Between(to, from);
        Assert.Equal(difference.Added, back.Removed);
        Assert.Equal(difference.Removed, back.Added);
        Assert.Equal(difference.Unchanged, back.Unchanged);
        Assert.Empty(Difference.Between(from, from).Added);
    });

    [Fact]
    public void Carried_grants_give_no_power_that_was_not_granted_before() => Gen.Select(Grants, Grants, Grants).Sample((granted, askedNow, askedThen) =>
    {
        granted = granted.Within(askedNow);
        var carry = GrantCarry.To(granted, askedNow, askedThen);

        Assert.Empty(carry.Grants.Capabilities.Except(granted.Capabilities));
        Assert.All(carry.Grants.Egress, host => Assert.Contains(granted.Egress, pattern => GrantCarry.Covers(pattern, host)));
        Assert.True(carry.Grants.Without(askedThen).IsEmpty);
        Assert.True(carry.Needed.Without(askedThen).IsEmpty);
        Assert.True(carry.Needed.Within(askedNow).IsEmpty);
        Assert.True(carry.Needed.Within(carry.Grants).IsEmpty);
        Assert.True(GrantCarry.To(granted, askedNow, askedNow) is { Needed.IsEmpty: true } same && granted.Without(same.Grants).IsEmpty);
    });

    [Fact]
    public void Going_back_grants_nothing_that_was_withdrawn() => Gen.Select(Grants, Grants, Grants, Grants).Sample((granted, askedNow, grantedThen, askedThen) =>
    {
        granted = granted.Within(askedNow);
        grantedThen = grantedThen.Within(askedThen);
        var back = GrantCarry.Back(granted, askedNow, grantedThen, askedThen);

        Assert.True(back.Without(askedThen).IsEmpty);
        Assert.True(back.Within(askedNow).Without(granted).IsEmpty);
        Assert.True(back.Without(granted.And(grantedThen)).IsEmpty);
    });

    [Theory]
    [InlineData("*.x.com", "a.x.com", true)]
    [InlineData("*.x.com", "b.a.x.com", true)]
    [InlineData("*.x.com", "*.a.x.com", true)]
    [InlineData("*.x.com", "*.x.com", true)]
    [InlineData("a.x.com", "a.x.com", true)]
    [InlineData("*.x.com", "x.com", false)]
    [InlineData("*.x.com", "ax.com", false)]
    [InlineData("*.a.x.com", "*.x.com", false)]
    [InlineData("a.x.com", "*.a.x.com", false)]
    [InlineData("a.x.com", "b.x.com", false)]
    public void A_granted_host_covers_what_is_below_it_and_nothing_beside_it(string pattern, string host, bool covers) =>
        Assert.Equal(covers, GrantCarry.Covers(pattern, host));

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
