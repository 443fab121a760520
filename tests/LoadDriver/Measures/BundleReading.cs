using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Alga.Extensions.Bundles;
using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;
using ZstdSharp;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>
/// What it costs to verify and index a bundle: time against SHA-256 and zstd decompression of the same bytes, which is the least that
/// any reader has to do, and how much more memory this process holds at its highest, whatever the bundle's size.
/// </summary>
internal sealed class BundleReading : IMeasure
{
    private const int Megabyte = 1024 * 1024;
    private const int Files = 200;
    private const int Repeats = 10;

    private static readonly int[] Megabytes = [1, 5, 45];

    public IReadOnlyList<string> Names { get; } = ["bundle_read_vs_hash_and_zstd", "bundle_read_extra_memory_mb"];

    public async Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        var bundle = await SampleBundle.PackAsync(5 * Megabyte, Files);
        var (value, baseline) = await Rounds.PairAsync(9, () => TimeAsync(() => ReadAsync(new MemoryStream(bundle), cancellationToken)), () => TimeAsync(() => HashAndDecompress(bundle)));
        return new Dictionary<string, Measurement>
        {
            ["bundle_read_vs_hash_and_zstd"] = new(value / baseline, "ratio", baseline, "<=3"),
            ["bundle_read_extra_memory_mb"] = new(await ExtraMemoryAsync(cancellationToken) / (double)Megabyte, "MB", null, "<=32"),
        };
    }

    /// <summary>Milliseconds of one reading.</summary>
    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        for (var repeat = 0; repeat < Repeats; repeat++) await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds / Repeats;
    }

    private static async Task ReadAsync(Stream bundle, CancellationToken cancellationToken)
    {
        var outcome = await BundleReader.ReadAsync(bundle, DiscardSink.Instance, cancellationToken);
        if (!outcome.TryGet(out var contents, out var refusal) || contents.Index.Files.Count != Files) throw new InvalidOperationException(refusal?.Message ?? "The bundle has other files.");
    }

    private static Task HashAndDecompress(byte[] bundle)
    {
        SHA256.HashData(bundle);
        using var stream = new DecompressionStream(new MemoryStream(bundle));
        var buffer = new byte[64 * 1024];
        while (stream.Read(buffer) > 0)
        {
        }

        return Task.CompletedTask;
    }

    private static async Task<long> ExtraMemoryAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("alga-bench-");
        try
        {
            var worst = 0L;
            foreach (var size in Megabytes)
            {
                var file = Path.Combine(folder.FullName, size.ToString(CultureInfo.InvariantCulture));
                await File.WriteAllBytesAsync(file, await SampleBundle.PackAsync(size * Megabyte, Files), cancellationToken);
                // What made the bundle is given back to the kernel, and the highest so far forgotten.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                await File.WriteAllTextAsync("/proc/self/clear_refs", "5", cancellationToken);
                var before = HighestBytes();
                await using (var bundle = File.OpenRead(file)) await ReadAsync(bundle, cancellationToken);
                worst = Math.Max(worst, HighestBytes() - before);
            }

            return worst;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static long HighestBytes()
    {
        var line = File.ReadLines("/proc/self/status").Single(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
