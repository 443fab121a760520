using Alga.Extensions.Gateway.Resolve;
using CsCheck;

namespace Alga.Extensions.Gateway.Tests.Resolve;

public sealed class RolloutSplitTests
{
    private static readonly Gen<string> User = Gen.String[1, 200];

    [Fact]
    public void A_user_who_is_in_stays_in_while_the_share_grows() => Gen.Select(Gen.Guid, Gen.Guid, User, Gen.Int[0, 100], Gen.Int[0, 100]).Sample((tenant, install, user, one, other) =>
    {
        var (less, more) = (Math.Min(one, other), Math.Max(one, other));
        Assert.True(!RolloutSplit.Includes(tenant, install, user, less) || RolloutSplit.Includes(tenant, install, user, more));
        Assert.Equal(RolloutSplit.Includes(tenant, install, user, one), RolloutSplit.Includes(tenant, install, new string(user), one));
        Assert.False(RolloutSplit.Includes(tenant, install, user, 0));
        Assert.True(RolloutSplit.Includes(tenant, install, user, 100));
        Assert.False(RolloutSplit.Includes(tenant, install, null, one));
        Assert.False(RolloutSplit.Includes(tenant, install, "", one));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(99)]
    public void The_share_of_users_is_near_the_percentage(int percent)
    {
        var (tenant, install) = (new Guid("01936b2e-0000-7000-8000-00000000ac3e"), new Guid("01936b2e-0000-7000-8000-000000000001"));
        const int Users = 20_000;

        var share = 100.0 * Enumerable.Range(0, Users).Count(index => RolloutSplit.Includes(tenant, install, $"user-{index}", percent)) / Users;

        // Four standard deviations of a fair draw.
        var tolerance = 4 * Math.Sqrt(percent * (100.0 - percent) / Users);
        Assert.InRange(share, percent - tolerance, percent + tolerance);
    }

    [Fact]
    public void Installs_split_their_users_independently()
    {
        var (tenant, one, other) = (Guid.CreateVersion7(), new Guid("01936b2e-0000-7000-8000-000000000001"), new Guid("01936b2e-0000-7000-8000-000000000002"));

        var both = Enumerable.Range(0, 20_000).Count(index => RolloutSplit.Includes(tenant, one, $"user-{index}", 50) && RolloutSplit.Includes(tenant, other, $"user-{index}", 50));

        Assert.InRange(both, 4_700, 5_300);
    }

    // Written down once: another answer would move users between versions in the middle of a rollout.
    [Theory]
    [InlineData("ada", 77)]
    [InlineData("grace", 91)]
    [InlineData("linus", 79)]
    public void The_split_never_changes(string user, int first)
    {
        var (tenant, install) = (new Guid("01936b2e-0000-7000-8000-00000000ac3e"), new Guid("01936b2e-0000-7000-8000-000000000001"));

        Assert.Equal(first, Enumerable.Range(0, 101).First(percent => RolloutSplit.Includes(tenant, install, user, percent)));
    }
}
