using System.Globalization;
using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>The first request of an extension of which a runner has nothing: bundle and compiled code come from the bundle store.</summary>
internal sealed class ColdStart : IMeasure
{
    private const int Extensions = 40;
    private const int Enough = 20;

    public IReadOnlyList<string> Names { get; } = ["cold_first_request_p50_ms"];

    public async Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        var guests = await PublishedCopies.PublishAsync(stack, "cold", Extensions, cancellationToken);
        // The runner compiles ahead what is published. Whether it was done is seen below, from where the code came.
        await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
        using var client = new HttpClient { BaseAddress = stack.Runner };
        var times = new List<double>();
        foreach (var guest in guests)
        {
            // All share one component, and what the runner has on disk of it would be found.
            foreach (var file in Directory.GetFiles(Path.Combine(Paths.State, "runner-cache/compiled"))) File.Delete(file);
            var before = await LoadsFromStoreAsync(client, cancellationToken);
            var elapsed = await FirstRequest.SendAsync(stack, guest, cancellationToken);
            if (await LoadsFromStoreAsync(client, cancellationToken) > before) times.Add(elapsed);
        }

        if (times.Count < Enough) throw new InvalidOperationException($"Only {times.Count} of {Extensions} extensions came from the bundle store.");
        return new Dictionary<string, Measurement> { [Names[0]] = new(Percentiles.Median(times), "ms", null, "<=50") };
    }

    private static async Task<long> LoadsFromStoreAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancellationToken);
        return metrics.Split('\n')
            .Where(line => line.StartsWith("alga_runner_load_duration_seconds_count", StringComparison.Ordinal) && line.Contains("source=\"store\"", StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))
            .FirstOrDefault();
    }
}
