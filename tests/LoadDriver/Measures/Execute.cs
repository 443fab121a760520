using Alga.Extensions.LoadDriver.Baselines;
using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary><c>POST /v1/execute</c> over HTTP, 16 connections, against servers that do less.</summary>
internal sealed class Execute : IMeasure
{
    private const int Connections = 16;
    private const int RoundsEach = 9;
    // A second of a native guest: in a shorter round a baseline is not at its full speed yet, and records are written after it.
    private const int Requests = 20_000;

    public IReadOnlyList<string> Names { get; } = ["execute_native_vs_kestrel", "execute_ts_vs_kestrel", "execute_ts_vs_workerd", "execute_native_gc_pause_us"];

    public async Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        var native = await NativeGuest.InstallAsync(stack, cancellationToken);
        var script = await stack.InstallAsync(BenchGuests.TypeScriptFolder, cancellationToken);
        await using var kestrel = await BaselineProcess.StartKestrelAsync(cancellationToken);
        await using var workerd = await BaselineProcess.StartWorkerdAsync(cancellationToken);

        var before = await MetricsPage.ReadAsync(stack.Runner, cancellationToken);
        var nativeRatio = await CompareAsync(native, kestrel.Address, ">=0.5");
        var after = await MetricsPage.ReadAsync(stack.Runner, cancellationToken);

        return new Dictionary<string, Measurement>
        {
            ["execute_native_vs_kestrel"] = nativeRatio,
            ["execute_ts_vs_kestrel"] = await CompareAsync(script, kestrel.Address, ">=0.2"),
            ["execute_ts_vs_workerd"] = await CompareAsync(script, workerd.Address, ">=1.0"),
            ["execute_native_gc_pause_us"] = new(Since("dotnet_gc_pause_time_seconds_total") * 1e6 / Since("alga_runner_executions_total"), "us", null, "<=3"),
        };

        double Since(string metric) => after.Sum(metric) - before.Sum(metric);

        async Task<Measurement> CompareAsync(InstalledGuest guest, Uri baseline, string goal)
        {
            var (value, compared) = await Rounds.PairAsync(RoundsEach, () => RateAsync(stack.Runner, guest), () => RateAsync(baseline, guest), Rounds.ToBeWarm);
            return new Measurement(value / compared, "ratio", compared, goal);
        }

        async Task<double> RateAsync(Uri server, InstalledGuest guest)
        {
            var requests = ExecuteRequests.Create(stack.Tokens, guest, ExecuteRequests.Hello, Requests);
            return (await HttpLoad.RunAsync(server, requests, Connections, cancellationToken)).RequestsPerSecond;
        }
    }
}
