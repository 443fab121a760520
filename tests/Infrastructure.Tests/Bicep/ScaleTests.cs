using Alga.Extensions.Contracts;

namespace Alga.Extensions.Infrastructure.Tests.Bicep;

/// <summary>Bounds of what scales, and the time that what ends is given.</summary>
public sealed class ScaleTests
{
    // Default of RUNNER_DRAIN_MS, which no environment sets.
    private const int DrainMs = 2_000;

    [Theory]
    [InlineData("dev", 1, 3)]
    [InlineData("prod", 3, 100)]
    public void The_runner_scales_between_its_bounds_by_requests_in_flight(string environment, int fewest, int most)
    {
        var runner = Assert.Single(Snapshot.Of(environment).All("Microsoft.App/containerApps"));

        Assert.Equal(fewest, runner.At("template/scale/minReplicas")!.GetValue<int>());
        Assert.Equal(most, runner.At("template/scale/maxReplicas")!.GetValue<int>());
        Assert.Equal("10", runner.Text("template/scale/rules/0/http/metadata/concurrentRequests"));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void A_runner_that_is_ended_may_finish_what_runs(string environment)
    {
        var grace = Assert.Single(Snapshot.Of(environment).All("Microsoft.App/containerApps")).At("template/terminationGracePeriodSeconds")!.GetValue<int>();

        Assert.True(grace * 1000 >= PlatformLimits.MaxTimeoutMs + 5_000 + DrainMs);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void A_runner_is_asked_what_it_answers(string environment)
    {
        var probes = Assert.Single(Snapshot.Of(environment).All("Microsoft.App/containerApps")).At("template/containers/0/probes")!.AsArray()
            .ToDictionary(probe => probe!["type"]!.ToString(), probe => probe!["httpGet"]!["path"]!.ToString(), StringComparer.Ordinal);

        Assert.Equal("/healthz", probes["Startup"]);
        Assert.Equal("/healthz", probes["Liveness"]);
        Assert.Equal("/readyz", probes["Readiness"]);
    }

    [Fact]
    public void Production_outlives_a_zone()
    {
        var snapshot = Snapshot.Of("prod");

        Assert.Equal("ZoneRedundant", Assert.Single(snapshot.All("Microsoft.DBforPostgreSQL/flexibleServers")).Text("highAvailability/mode"));
        Assert.True(Assert.Single(snapshot.All("Microsoft.App/managedEnvironments")).Is("zoneRedundant"));
        Assert.Contains(snapshot.All("Microsoft.Storage/storageAccounts"), account => account.Json["sku"]!["name"]!.ToString() == "Standard_ZRS");
    }
}
