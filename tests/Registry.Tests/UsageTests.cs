using System.Text.Json;
using Alga.Extensions.Registry.Tests.Fixtures;
using Alga.Extensions.Registry.Usage;
using CsCheck;
using Dapper;

namespace Alga.Extensions.Registry.Tests;

public sealed class UsageTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task Days_and_months_are_given_with_their_totals()
    {
        var name = await InstallAsync();
        await AddAsync(name, "day", "2026-03-01", 100, 4, bucket: 1);
        await AddAsync(name, "day", "2026-03-03", 100, 0, bucket: 3);
        await AddAsync(name, "day", "2026-04-01", 7, 7, bucket: 14);
        await AddAsync(name, "month", "2026-03-01", 200, 4, bucket: 1);

        var march = (await GetAsync(name, "?from=2026-03-01&to=2026-03-31")).Is(200).Json;
        Assert.Equal(["2026-03-01", "2026-03-03"], march.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("startsOn").GetString()));
        var totals = march.GetProperty("totals");
        Assert.Equal(200, totals.GetProperty("invocations").GetInt64());
        Assert.Equal(4, totals.GetProperty("errors").GetInt64());
        Assert.Equal(4_000, totals.GetProperty("durationUs").GetInt64());
        Assert.Equal(2_500, totals.GetProperty("p50Us").GetInt64());
        Assert.InRange(totals.GetProperty("p95Us").GetInt64(), 9_000, 10_000);

        var months = (await GetAsync(name, "?period=month&from=2026-03-15&to=2026-04-30")).Is(200).Json;
        Assert.Equal("2026-03-01", months.GetProperty("from").GetString());
        Assert.Equal(200, Assert.Single(months.GetProperty("items").EnumerateArray()).GetProperty("figures").GetProperty("invocations").GetInt64());
    }

    [Fact]
    public async Task Without_executions_everything_is_zero_and_nothing_is_a_percentile()
    {
        var usage = (await GetAsync(await InstallAsync(), "")).Is(200).Json;
        Assert.Equal(0, usage.GetProperty("items").GetArrayLength());
        Assert.Equal(0, usage.GetProperty("totals").GetProperty("invocations").GetInt64());
        Assert.Equal(JsonValueKind.Null, usage.GetProperty("totals").GetProperty("p95Us").ValueKind);
    }

    [Theory]
    [InlineData("period=week")]
    [InlineData("from=2026-3-1")]
    [InlineData("from=1999-01-01&to=1999-01-02")]
    [InlineData("to=9999-12-31")]
    [InlineData("from=2026-03-02&to=2026-03-01")]
    [InlineData("from=2024-01-01&to=2026-01-01")]
    [InlineData("period=month&from=2020-01-01&to=2035-01-01")]
    [InlineData("period=day&period=month")]
    [InlineData("limit=5")]
    public async Task Usage_asked_for_wrongly_is_refused(string query) => (await GetAsync("com.acme.nothing", "?" + query)).Is(400, "invalid_request");

    [Fact]
    public void A_percentile_lies_in_the_bucket_of_its_call() =>
        Gen.Int[0, 14].Array[1, 200].Select(Gen.Int[1, 100]).Sample((buckets, percent) =>
        {
            var histogram = new long[15];
            foreach (var bucket in buckets) histogram[bucket]++;
            var expected = buckets.Order().ElementAt((int)Math.Ceiling(percent / 100.0 * buckets.Length) - 1);
            var value = DurationPercentile.Of(histogram, percent / 100.0)!.Value;
            var lower = expected == 0 ? 0 : DurationPercentile.Bounds[expected - 1];
            Assert.InRange(value, lower, expected == 14 ? lower : DurationPercentile.Bounds[expected]);
        });

    private async Task<string> InstallAsync()
    {
        var bundle = await app.PublishNewAsync();
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" })).Is(201);
        return bundle.Name;
    }

    private Task<RegistryAnswer> GetAsync(string name, string query) => app.GetAsync($"/api/tenant/installs/{name}/usage{query}", app.Admin);

    private async Task AddAsync(string name, string period, string startsOn, long calls, long errors, int bucket)
    {
        var histogram = new long[15];
        histogram[bucket] = calls;
        await using var owner = await app.OpenOwnerAsync();
        await owner.ExecuteAsync(
            "insert into extension_quota_usage values (@tenant, @name, @period, @startsOn::date, @calls, @errors, @calls * 20, 1, 2, 3, @histogram)",
            new { tenant = RegistryApp.Acme, name, period, startsOn, calls, errors, histogram });
    }
}
