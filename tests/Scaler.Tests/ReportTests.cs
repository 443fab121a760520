using System.Text;
using Alga.Extensions.LoadReports;

namespace Alga.Extensions.Scaler.Tests;

/// <summary>What the scaler takes for a report.</summary>
public sealed class ReportTests(ScalerFixture scaler) : IClassFixture<ScalerFixture>
{
    [Fact]
    public async Task A_signed_report_counts() => Assert.Equal(204, await scaler.ReportAsync(ScalerFixture.Now(1)));

    [Fact]
    public async Task A_report_without_a_MAC_is_refused() => Assert.Equal(401, await scaler.SendAsync(ScalerFixture.Now(1).ToJson(), null));

    [Fact]
    public async Task A_report_signed_with_another_key_is_refused()
    {
        var report = ScalerFixture.Now(1).ToJson();

        Assert.Equal(401, await scaler.SendAsync(report, LoadReportKey.Sign(new byte[32], report)));
    }

    [Fact]
    public async Task A_report_that_was_changed_is_refused()
    {
        var report = ScalerFixture.Now(1).ToJson();
        var header = LoadReportKey.Sign(scaler.Key, report);

        for (var position = 0; position < report.Length; position += 7)
        {
            var changed = (byte[])report.Clone();
            changed[position] ^= 1;
            Assert.Equal(401, await scaler.SendAsync(changed, header));
        }
    }

    [Fact]
    public async Task A_report_that_is_sent_again_is_refused()
    {
        var report = ScalerFixture.Now(1);

        Assert.Equal(204, await scaler.ReportAsync(report));
        Assert.Equal(409, await scaler.ReportAsync(report));
    }

    [Fact]
    public async Task An_old_report_is_refused() =>
        Assert.Equal(409, await scaler.ReportAsync(ScalerFixture.Now(1) with { At = TimeProvider.System.GetUtcNow().AddMinutes(-2).ToUnixTimeMilliseconds() }));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"source":"01936b2e-0000-7000-8000-00000000ac3e","component":"Gateway","inFlight":-1,"at":1}""")]
    [InlineData("""{"source":"01936b2e-0000-7000-8000-00000000ac3e","component":"Gateway","inFlight":100001,"at":1}""")]
    [InlineData("""{"source":"01936b2e-0000-7000-8000-00000000ac3e","component":"Gateway","inFlight":1.5,"at":1}""")]
    [InlineData("""{"source":"00000000-0000-0000-0000-000000000000","component":"Gateway","inFlight":1,"at":1}""")]
    [InlineData("""{"source":"01936b2e-0000-7000-8000-00000000ac3e","component":"Other","inFlight":1,"at":1}""")]
    [InlineData("""{"source":"01936b2e-0000-7000-8000-00000000ac3e","component":7,"inFlight":1,"at":1}""")]
    [InlineData("""{"source":"01936b2e-0000-7000-8000-00000000ac3e","component":"Gateway","inFlight":1}""")]
    [InlineData("""{"source":"01936b2e-0000-7000-8000-00000000ac3e","component":"Gateway","inFlight":1,"at":1,"more":1}""")]
    public async Task What_is_signed_and_no_report_is_refused(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);

        Assert.Equal(400, await scaler.SendAsync(bytes, LoadReportKey.Sign(scaler.Key, bytes)));
    }

    [Fact]
    public async Task A_body_is_read_up_to_its_limit_only()
    {
        var bytes = new byte[LoadReport.MaxBytes + 1];

        Assert.Equal(413, await scaler.SendAsync(bytes, LoadReportKey.Sign(scaler.Key, bytes)));
    }

    [Theory]
    [InlineData("Alga-Load")]
    [InlineData("Alga-Load ")]
    [InlineData("Alga-Load !!!")]
    [InlineData("Alga-Load AAAA")]
    [InlineData("Bearer AAAA")]
    public async Task A_header_that_is_no_MAC_is_refused(string header) => Assert.Equal(401, await scaler.SendAsync(ScalerFixture.Now(1).ToJson(), header));

    [Fact]
    public void A_key_that_is_too_short_verifies_nothing()
    {
        var report = ScalerFixture.Now(1).ToJson();
        var key = new byte[LoadReportKey.MinimumBytes - 1];

        Assert.False(LoadReportKey.Verify(key, report, LoadReportKey.Sign(key, report)));
    }

    [Fact]
    public async Task It_says_that_it_is_alive() =>
        Assert.Equal("alive", await scaler.Http.GetStringAsync(new Uri(scaler.ReportUrl, "/healthz")));
}
