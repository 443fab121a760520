using CsCheck;

namespace Alga.Extensions.Manifest.Tests;

public sealed class ScheduleClockTests
{
    private static readonly Gen<string> Lines = Gen.OneOf([.. new[] { "* * * * *", "*/7 * * * *", "30 2 * * *", "0 3 * * *", "15 1 31 * *", "0 0 * * MON-FRI", "59 23 L * *", "0 12 29 2 *" }.Select(Gen.Const)]);
    private static readonly Gen<string> Zones = Gen.OneOf([.. new[] { "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia" }.Select(Gen.Const)]);
    private static readonly Gen<DateTime> Instants = Gen.Int[0, 40 * 365 * 24 * 60].Select(minutes => new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(minutes).AddSeconds(minutes % 60));

    [Fact]
    public void The_next_run_is_later_and_nothing_lies_in_between() =>
        Gen.Select(Lines, Zones, Instants).Sample((line, zone, instant) =>
        {
            var clock = ScheduleClock.Of(line, zone);
            var next = clock.NextAfter(instant)!.Value;
            Assert.Equal(DateTimeKind.Utc, next.Kind);
            Assert.True(next > instant);
            Assert.True(next - instant >= TimeSpan.FromSeconds(1) || instant.Second != 0);
            // From any moment up to it, it is still the next.
            Assert.Equal(next, clock.NextAfter(instant + ((next - instant) / 2)));
            Assert.Equal(next, clock.NextAfter(next.AddTicks(-1)));
            Assert.True(clock.NextAfter(next) - next >= TimeSpan.FromMinutes(1));
        });

    [Theory]
    [InlineData("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z")] // 02:30 does not exist on this day: the first time after it
    [InlineData("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z")] // 02:30 exists twice: the first time
    [InlineData("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")] // and not the second
    public void A_daily_run_comes_once_a_day_also_when_the_clocks_change(string after, string next) =>
        Assert.Equal(DateTime.Parse(next, null, System.Globalization.DateTimeStyles.AdjustToUniversal), ScheduleClock.Of("30 2 * * *", "Europe/Berlin").NextAfter(DateTime.Parse(after, null, System.Globalization.DateTimeStyles.AdjustToUniversal)));

    [Fact]
    public void A_zone_that_this_system_does_not_know_is_named() =>
        Assert.Contains("Europe/Atlantis", Assert.Throws<ArgumentException>(() => ScheduleClock.Of("* * * * *", "Europe/Atlantis")).Message, StringComparison.Ordinal);
}
