using Alga.Extensions.LoadReports;
using Alga.Extensions.Scaler.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alga.Extensions.Scaler.Tests;

/// <summary>The reporter of gateways and runners against the scaler.</summary>
public sealed class ReporterTests : IAsyncLifetime
{
    private readonly ScalerFixture scaler = new();
    private readonly InFlight inFlight = new();

    public Task InitializeAsync() => scaler.InitializeAsync();

    public async Task DisposeAsync()
    {
        await scaler.DisposeAsync();
        inFlight.Dispose();
    }

    [Fact]
    public async Task What_a_process_has_in_flight_arrives_and_ends_with_it()
    {
        using var reporter = Create(scaler.ReportUrl);
        await reporter.StartAsync(CancellationToken.None);
        using (inFlight.Enter())
        using (inFlight.Enter())
        {
            await WaitForAsync(2);
        }

        await WaitForAsync(0);
        using var late = inFlight.Enter();
        await WaitForAsync(1);
        await reporter.StopAsync(CancellationToken.None);

        Assert.Equal(0, await ReadAsync());
    }

    [Fact]
    public async Task A_scaler_that_is_away_disturbs_nobody()
    {
        using var reporter = Create(new Uri("http://127.0.0.1:1/"));
        await reporter.StartAsync(CancellationToken.None);
        using (inFlight.Enter()) Assert.Equal(1, inFlight.Count);
        await reporter.StopAsync(CancellationToken.None);

        Assert.Equal(0, inFlight.Count);
    }

    private LoadReporter Create(Uri url) => new(url, LoadComponent.Gateway, inFlight, scaler.Vault, TimeProvider.System, NullLogger<LoadReporter>.Instance);

    private async Task WaitForAsync(long expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await ReadAsync() != expected) await Task.Delay(50, patience.Token);
    }

    private async Task<long> ReadAsync()
    {
        var answer = await scaler.Connect().GetMetricsAsync(new GetMetricsRequest { ScaledObjectRef = ScalerFixture.ScaledObject(silence: "idle") });
        return Assert.Single(answer.MetricValues).MetricValue_;
    }
}
