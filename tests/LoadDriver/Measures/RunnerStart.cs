using System.Diagnostics;
using Alga.Extensions.LoadDriver.Baselines;
using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>Time from the start of a runner's process until it is ready: keys read, database and bundle store answered.</summary>
internal sealed class RunnerStart : IMeasure
{
    private const int Starts = 7;

    public IReadOnlyList<string> Names { get; } = ["runner_ready_ms"];

    public async Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        await stack.StartAsync(cancellationToken);
        var runner = new List<double>();
        var kestrel = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            kestrel.Add(await TimeAsync(async () => await BaselineProcess.StartKestrelAsync(cancellationToken)));
            runner.Add(await TimeAsync(async () => await SecondRunner.StartAsync(cancellationToken)));
        }

        return new Dictionary<string, Measurement> { [Names[0]] = new(Percentiles.Median(runner), "ms", Percentiles.Median(kestrel), "<=1000") };
    }

    private static async Task<double> TimeAsync(Func<Task<IAsyncDisposable>> start)
    {
        var began = Stopwatch.GetTimestamp();
        await using var process = await start();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
