using Alga.Extensions.LoadReports;
using Alga.Extensions.Testing;

namespace Alga.Extensions.Scaler.Tests;

public sealed class LoadBookTests
{
    private readonly ManualTime time = new();
    private readonly LoadBook book;

    public LoadBookTests() => book = new LoadBook(time);

    [Fact]
    public void Nobody_knows_the_load_when_nobody_reported() => Assert.Null(book.InFlight());

    [Fact]
    public void Gateways_add_up_with_what_waits_at_them()
    {
        book.Take(Report(LoadComponent.Gateway, 7));
        book.Take(Report(LoadComponent.Gateway, 5));

        Assert.Equal(12, book.InFlight());
    }

    [Fact]
    public void A_request_that_gateway_and_runner_both_count_is_one()
    {
        book.Take(Report(LoadComponent.Gateway, 20));
        book.Take(Report(LoadComponent.Runner, 8));
        book.Take(Report(LoadComponent.Runner, 8));

        Assert.Equal(20, book.InFlight());
    }

    [Fact]
    public void What_reaches_runners_past_the_gateways_counts()
    {
        book.Take(Report(LoadComponent.Gateway, 1));
        book.Take(Report(LoadComponent.Runner, 9));

        Assert.Equal(9, book.InFlight());
    }

    [Fact]
    public void The_last_report_of_a_process_is_the_one_that_counts()
    {
        var source = Guid.CreateVersion7();
        book.Take(Report(LoadComponent.Gateway, 7, source));
        time.Advance(TimeSpan.FromSeconds(2));
        book.Take(Report(LoadComponent.Gateway, 3, source));

        Assert.Equal(3, book.InFlight());
    }

    [Fact]
    public void A_repeated_or_older_report_is_refused()
    {
        var source = Guid.CreateVersion7();
        var first = Report(LoadComponent.Gateway, 7, source);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.True(book.Take(Report(LoadComponent.Gateway, 3, source)));
        Assert.False(book.Take(first));
        Assert.Equal(3, book.InFlight());
    }

    [Fact]
    public void A_process_that_is_gone_is_forgotten()
    {
        book.Take(Report(LoadComponent.Gateway, 7));
        time.Advance(LoadBook.Lifetime - TimeSpan.FromMilliseconds(1));
        Assert.Equal(7, book.InFlight());

        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(book.InFlight());
    }

    [Theory]
    [InlineData(61)]
    [InlineData(-61)]
    public void A_clock_that_is_off_is_refused(int seconds)
    {
        var report = Report(LoadComponent.Gateway, 7) with { At = time.GetUtcNow().AddSeconds(seconds).ToUnixTimeMilliseconds() };

        Assert.False(book.Take(report));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void A_time_out_of_all_range_is_refused(long at) => Assert.False(book.Take(Report(LoadComponent.Gateway, 7) with { At = at }));

    [Fact]
    public void Sources_are_bounded_and_those_that_are_gone_make_room()
    {
        for (var number = 0; number < LoadBook.MaxSources; number++) Assert.True(book.Take(Report(LoadComponent.Gateway, 1)));
        Assert.False(book.Take(Report(LoadComponent.Gateway, 1)));

        time.Advance(LoadBook.Lifetime);
        Assert.True(book.Take(Report(LoadComponent.Gateway, 1)));
        Assert.Equal(1, book.InFlight());
    }

    [Fact]
    public void The_largest_reports_do_not_overflow()
    {
        for (var number = 0; number < LoadBook.MaxSources; number++) book.Take(Report(LoadComponent.Gateway, LoadReport.MaxInFlight));

        Assert.Equal(LoadBook.MaxSources * LoadReport.MaxInFlight, book.InFlight());
    }

    private LoadReport Report(LoadComponent component, int inFlight, Guid? source = null) =>
        new(source ?? Guid.CreateVersion7(), component, inFlight, time.GetUtcNow().ToUnixTimeMilliseconds());
}
