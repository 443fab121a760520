using System.Globalization;
using Alga.Extensions.LoadDriver;
using Alga.Extensions.LoadDriver.Baselines;
using Alga.Extensions.LoadDriver.Measures;
using Alga.Extensions.LoadDriver.Stack;

if (args is [KestrelBaseline.Argument, var port])
{
    await KestrelBaseline.RunAsync(int.Parse(port, CultureInfo.InvariantCulture));
    return 0;
}

if (args is [StaticFilesBaseline.Argument, var filesPort, var folder])
{
    await StaticFilesBaseline.RunAsync(int.Parse(filesPort, CultureInfo.InvariantCulture), folder);
    return 0;
}

IMeasure[] measures = [new InProcess(), new Execute(), new Bodies(), new ThroughGateway(), new Goodput(), new BundleReading(), new ResolveInstall(), new Publish(), new UiAssets(), new ColdStart(), new ManyExtensions(), new NoisyNeighbour(), new RunnerStart()];
var names = measures.SelectMany(measure => measure.Names).ToHashSet(StringComparer.Ordinal);
if (args.Where(name => !names.Contains(name)).ToList() is { Count: > 0 } unknown)
{
    await Console.Error.WriteLineAsync($"bench: there is no measure {string.Join(", ", unknown)}; there are {string.Join(", ", names)}.");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, interrupt) =>
{
    interrupt.Cancel = true;
    stop.Cancel();
};
await using var stack = new BenchStack();
var figures = new Dictionary<string, Measurement>(StringComparer.Ordinal);
foreach (var measure in measures.Where(measure => args.Length == 0 || measure.Names.Any(args.Contains)))
{
    await Console.Error.WriteLineAsync($"Measuring {string.Join(", ", measure.Names)} ...");
    foreach (var (name, figure) in await measure.RunAsync(stack, stop.Token)) figures.Add(name, figure);
}

Report.Print(figures);
Report.Write(figures);
return 0;
