using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Alga.Extensions.LoadDriver.Baselines;
using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>
/// <c>GET /ext-ui/...</c> of a file that the runner has in memory, against ASP.NET Core's static files: the style sheet of the agreements
/// sample, as it is, over 16 connections.
/// </summary>
internal sealed class UiAssets : IMeasure
{
    private const string Extension = "com.alga.samples.agreements";
    private const int Connections = 16;
    private const int RoundsEach = 7;
    private const int Requests = 20_000;

    public IReadOnlyList<string> Names { get; } = ["ui_asset_vs_static_files"];

    public async Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        await stack.StartAsync(cancellationToken);
        var folder = Path.Combine(Paths.Root, "samples/agreements");
        var file = Path.GetRelativePath(folder, Directory.EnumerateFiles(Path.Combine(folder, "ui"), "*.css", SearchOption.AllDirectories).Single());
        var asset = $"/ext-ui/{Extension}/{await ReadHashAsync(stack, cancellationToken)}/{file}";
        await using var baseline = await BaselineProcess.StartStaticFilesAsync(folder, cancellationToken);
        await CheckSameAsync(new Uri(stack.Runner, asset), new Uri(baseline.Address, "/" + file), cancellationToken);

        var (value, compared) = await Rounds.PairAsync(RoundsEach, () => RateAsync(stack.Runner, asset), () => RateAsync(baseline.Address, "/" + file));
        return new Dictionary<string, Measurement> { ["ui_asset_vs_static_files"] = new(value / compared, "ratio", compared, ">=0.8") };

        async Task<double> RateAsync(Uri server, string path)
        {
            ReadOnlyMemory<byte> request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\nAccept: text/css,*/*;q=0.1\r\n\r\n");
            return (await HttpLoad.RunAsync(server, [.. Enumerable.Repeat(request, Requests)], Connections, cancellationToken)).RequestsPerSecond;
        }
    }

    /// <summary>Also has the runner load the file for the first time, which is not what is measured.</summary>
    private static async Task CheckSameAsync(Uri asset, Uri file, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var served = await client.GetByteArrayAsync(asset, cancellationToken);
        var compared = await client.GetByteArrayAsync(file, cancellationToken);
        if (!served.SequenceEqual(compared)) throw new InvalidOperationException("Two different files would be compared.");
    }

    private static async Task<string> ReadHashAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", BenchStack.AdminToken);
        using var view = JsonDocument.Parse(await client.GetStringAsync(new Uri(stack.Registry, $"/api/tenant/installs/{Extension}"), cancellationToken));
        return view.RootElement.GetProperty("contentHash").GetString()!;
    }
}
