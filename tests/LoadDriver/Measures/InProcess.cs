using System.Diagnostics;
using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>A fresh sandbox, one call, and away with it, on one thread without HTTP.</summary>
internal sealed class InProcess : IMeasure
{
    private const int Calls = 5_000;
    private const int Components = 50;

    public IReadOnlyList<string> Names { get; } =
        ["inprocess_ts_p50_us", "inprocess_native_p50_us", "inprocess_ts_allocated_bytes", "inprocess_native_allocated_bytes", "inprocess_ts_50_in_turns_p50_us"];

    public Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        using var engines = new EngineSet(new EngineOptions { Slots = 4 }, TimeProvider.System);
        var (scriptUs, scriptBytes) = Measure(engines, BenchGuests.TypeScript(), 1);
        var (nativeUs, nativeBytes) = Measure(engines, BenchGuests.Native(), 1);
        var (turnsUs, _) = Measure(engines, BenchGuests.TypeScript(), Components);
        return Task.FromResult<IReadOnlyDictionary<string, Measurement>>(new Dictionary<string, Measurement>
        {
            ["inprocess_ts_p50_us"] = new(scriptUs, "us", null, "<=200"),
            ["inprocess_native_p50_us"] = new(nativeUs, "us", null, "<=25"),
            ["inprocess_ts_allocated_bytes"] = new(scriptBytes, "bytes", null, "<=16384"),
            ["inprocess_native_allocated_bytes"] = new(nativeBytes, "bytes", null, "<=8192"),
            ["inprocess_ts_50_in_turns_p50_us"] = new(turnsUs, "us", scriptUs, "<=300"),
        });
    }

    /// <summary>Calls in turns to so many components of the same bytes, of which the engine knows no more than of different ones.</summary>
    private static (double P50Us, double AllocatedBytes) Measure(EngineSet engines, byte[] wasm, int components)
    {
        var engine = engines.ForSize(wasm.Length);
        if (!engine.Compile(wasm).TryGet(out var compiled, out var refusal)) throw new InvalidOperationException(refusal.Message);
        using (compiled)
        {
            var code = compiled.Serialize();
            GuestComponent[] guests = [compiled, .. Enumerable.Range(1, components - 1).Select(_ => engine.Restore(code, wasm.Length)!)];
            var result = (P50: 0.0, Bytes: 0.0);
            var thread = new Thread(
                () =>
                {
                    for (var i = 0; i < Calls / 5; i++) Call(guests[i % components]);
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    var times = new double[Calls];
                    for (var i = 0; i < Calls; i++) times[i] = Call(guests[i % components]);
                    result = (Percentiles.Median(times), (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls);
                },
                Invoker.ThreadStackBytes);
            thread.Start();
            thread.Join();
            foreach (var guest in guests.Skip(1)) guest.Dispose();
            return result;
        }
    }

    private static double Call(GuestComponent guest)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = Invoker.Invoke(guest, Hello, new InvocationLimits(64), InvocationDeadline.Start(TimeSpan.FromSeconds(3), TimeProvider.System), new SilentHost()).Outcome;
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        if (!outcome.TryGet(out var response, out var refusal) || response.Status != 200) throw new InvalidOperationException(refusal?.Message ?? "The guest did not answer 200.");
        return elapsed;
    }

    private static GuestRequest Hello { get; } = new()
    {
        Method = "GET",
        Path = "/hello/ada",
        Endpoint = "/hello/:name",
        Params = [new("name", "ada")],
        Headers = [new("accept", "application/json"), new("user-agent", "bench")],
    };
}
