using CsCheck;

namespace Alga.Extensions.Manifest.Tests;

public sealed class ScheduleClockTests
{
    private static readonly Gen<string> Lines = Gen.OneOf([.. new[] { "* * * * *", "*/7 * * * *", "30 2 * * *", "0 3 * * *", "15 1 31 * *", "0 0 * * MON-FRI", "59 23 L * *", "0 12 29 2 *", "0 0 * * *", "0 0 LW * *", "0 9 * * 1#2", "0 9 15W * *", "59 23 31 12 *" }.Select(Gen.Const)]);
    private static readonly Gen<string> Zones = Gen.OneOf([.. new[] { "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Pacific/Chatham", "Antarctica/Troll", "Africa/Cairo", "America/Santiago", "Asia/Beirut" }.Select(Gen.Const)]);
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

    [Theory]
    [InlineData("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", "2026-10-03T15:30:00Z")] // half an hour is left out: 02:15 does not exist
    [InlineData("45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00:00Z", "2026-04-04T14:45:00Z")] // half an hour is there twice: the first time
    [InlineData("0 0 * * *", "Africa/Cairo", "2026-04-23T12:00:00Z", "2026-04-23T22:00:00Z")] // a day that begins at 01:00
    [InlineData("30 1 * * *", "Antarctica/Troll", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")] // two hours are left out
    [InlineData("0 12 * * *", "Asia/Kathmandu", "2026-01-01T00:00:00Z", "2026-01-01T06:15:00Z")] // 45 minutes beside the hour
    [InlineData("0 0 29 2 *", "UTC", "2026-03-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 31 * *", "UTC", "2026-03-31T00:00:00Z", "2026-05-31T00:00:00Z")]
    [InlineData("59 23 31 12 *", "UTC", "2026-12-31T23:59:00Z", "2027-12-31T23:59:00Z")]
    [InlineData("0 0 1 1 *", "Pacific/Auckland", "2026-06-01T00:00:00Z", "2026-12-31T11:00:00Z")] // the year ends a day earlier in UTC
    public void Odd_days_and_zones(string line, string zone, string after, string next) => Assert.Equal(
        DateTime.Parse(next, null, System.Globalization.DateTimeStyles.AdjustToUniversal),
        ScheduleClock.Of(line, zone).NextAfter(DateTime.Parse(after, null, System.Globalization.DateTimeStyles.AdjustToUniversal)));

    [Theory]
    [InlineData("* * * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("*/99999999999999999999 * * * *")]
    [InlineData("0-99999999999 * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* * 31 2 *")]
    [InlineData("* * L-31 2 *")]
    [InlineData("* * * * 1#6")]
    [InlineData("* * 32W * *")]
    [InlineData("* * * 13 *")]
    public void A_line_that_asks_for_what_there_is_not_is_refused(string line) => Assert.False(ScheduleClock.TryCreate(line, "UTC", out _, out _, out _));

    [Fact]
    public void A_zone_that_this_system_does_not_know_is_named() =>
        Assert.Contains("Europe/Atlantis", Assert.Throws<ArgumentException>(() => ScheduleClock.Of("* * * * *", "Europe/Atlantis")).Message, StringComparison.Ordinal);
}
