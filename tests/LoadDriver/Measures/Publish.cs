using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>A publish of a bundle of 5 MB through the registry, from the first byte sent to the answer: checks, blobs, signatures and rows.</summary>
internal sealed class Publish : IMeasure
{
    private const int Versions = 24;
    private const int AssetBytes = 5 * 1024 * 1024;
    private const string Name = "com.alga.tests.large";

    public IReadOnlyList<string> Names { get; } = ["publish_5mb_p50_ms", "publish_5mb_p95_ms"];

    public async Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        await stack.StartAsync(cancellationToken);
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", BenchStack.PublisherToken);
        using var registered = await client.PostAsync(
            new Uri(stack.Registry, "/api/registry/extensions"), new StringContent($$"""{"name":"{{Name}}","publisher":"alga-samples"}""", MediaTypeHeaderValue.Parse("application/json")), cancellationToken);
        registered.EnsureSuccessStatusCode();
        var times = new List<double>();
        for (var number = 0; number < Versions; number++)
        {
            var version = string.Create(CultureInfo.InvariantCulture, $"1.0.{number}");
            var (bundle, envelope) = await PackAsync(stack, version, cancellationToken);
            using var content = new MultipartFormDataContent { { new ByteArrayContent(envelope), "envelope" }, { new ByteArrayContent(bundle), "bundle" } };
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.PutAsync(new Uri(stack.Registry, $"/api/registry/extensions/{Name}/versions/{version}"), content, cancellationToken);
            answer.EnsureSuccessStatusCode();
            // The first few warm up what every process warms up once.
            if (number >= 4) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return new Dictionary<string, Measurement>
        {
            [Names[0]] = new(Percentiles.Median(times), "ms", null, "<=500"),
            [Names[1]] = new(Percentiles.At(times, 0.95), "ms", null, "<=1000"),
        };
    }

    private static async Task<(byte[] Bundle, byte[] Envelope)> PackAsync(BenchStack stack, string version, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Paths.Artifacts, "bench-large");
        Directory.CreateDirectory(Path.Combine(folder, "dist"));
        Directory.CreateDirectory(Path.Combine(folder, "ui"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "manifest.json"),
            $$$"""
            {"manifestVersion":2,"name":"{{{Name}}}","publisher":"alga-samples","version":"{{{version}}}","displayName":"Large",
             "description":"A bundle of 5 MB.","runtime":"wasm-component@2","entry":"dist/main.wasm",
             "api":{"endpoints":[{"method":"GET","path":"/hello/:name"}]}}
            """,
            cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder, "dist/main.wasm"), BenchGuests.Native(), cancellationToken);
        var asset = new byte[AssetBytes];
        new Random(version.GetHashCode(StringComparison.Ordinal)).NextBytes(asset);
        await File.WriteAllBytesAsync(Path.Combine(folder, "ui/video.mp4"), asset, cancellationToken);
        var bundle = Path.Combine(Paths.State, "large.tar.zst");
        var envelope = Path.Combine(Paths.State, "large.dsse.json");
        File.Delete(bundle);
        File.Delete(envelope);
        await stack.CliAsync(cancellationToken, "pack", folder, "-o", bundle);
        await stack.CliAsync(cancellationToken, "sign", bundle, "--key", Path.Combine(Paths.State, "publisher/key.pem"), "-o", envelope);
        return (await File.ReadAllBytesAsync(bundle, cancellationToken), await File.ReadAllBytesAsync(envelope, cancellationToken));
    }
}
