using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>The first request of an extension of which a runner has nothing: bundle and compiled code come from the bundle store.</summary>
internal sealed class ColdStart : IMeasure
{
    private const int Extensions = 40;
    private const string Container = "extension-bundles";

    public IReadOnlyList<string> Names { get; } = ["cold_first_request_p50_ms"];

    public async Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        var guests = await PublishedCopies.PublishAsync(stack, "cold", Extensions, cancellationToken);
        foreach (var guest in guests) await WaitForCompiledAsync(guest, cancellationToken);
        var times = new List<double>();
        var before = await LoadsFromStoreAsync(stack.Runner, cancellationToken);
        foreach (var guest in guests)
        {
            // All share one component, and what the runner has on disk of it would be found.
            foreach (var file in Directory.GetFiles(Path.Combine(Paths.State, "runner-cache/compiled"))) File.Delete(file);
            times.Add(await FirstRequest.SendAsync(stack, guest, cancellationToken));
        }

        var stored = await LoadsFromStoreAsync(stack.Runner, cancellationToken) - before;
        if (stored != Extensions) throw new InvalidOperationException($"Only {stored} of {Extensions} extensions came from the bundle store.");
        return new Dictionary<string, Measurement> { [Names[0]] = new(Percentiles.Median(times), "ms", null, "<=50") };
    }

    /// <summary>A runner compiles ahead what is published.</summary>
    private static async Task WaitForCompiledAsync(InstalledGuest guest, CancellationToken cancellationToken)
    {
        var container = new BlobContainerClient(RunnerProcess.Find().Setting("BUNDLE_STORE_CONNECTION"), Container);
        var prefix = $"{guest.ContentHash.Replace(':', '/')}/compiled/";
        while (!await container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken).AnyAsync(cancellationToken)) await Task.Delay(100, cancellationToken);
    }

    private static async Task<double> LoadsFromStoreAsync(Uri runner, CancellationToken cancellationToken) =>
        (await MetricsPage.ReadAsync(runner, cancellationToken)).Sum("alga_runner_load_duration_seconds_count", "source=\"store\"");
}
