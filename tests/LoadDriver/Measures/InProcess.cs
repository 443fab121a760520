using System.Diagnostics;
using Alga.Extensions.Bundles.Rewriting;
using Alga.Extensions.Contracts;
using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>A fresh sandbox, one call, and away with it, on one thread without HTTP.</summary>
internal sealed class InProcess : IMeasure
{
    private const int Calls = 5_000;
    private const int Components = 50;

    /// <summary>Until the runtime has compiled the host's code a second time, as it has in a runner that serves requests.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public IReadOnlyList<string> Names { get; } =
    [
        "inprocess_ts_p50_us", "inprocess_native_p50_us", "inprocess_ts_allocated_bytes", "inprocess_native_allocated_bytes",
        "inprocess_ts_async_p50_us", "inprocess_ts_standard_p50_us", "inprocess_ts_50_in_turns_p50_us",
    ];

    public Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        using var engines = new EngineSet(new EngineOptions { Slots = 4 }, TimeProvider.System);
        var (scriptUs, scriptBytes) = Measure(engines, [BenchGuests.TypeScript()]);
        var (nativeUs, nativeBytes) = Measure(engines, [BenchGuests.Native()]);
        var (asyncUs, _) = Measure(engines, [BenchGuests.AsyncTypeScript()]);
        var (standardUs, _) = Measure(engines, [BenchGuests.StandardTypeScript()]);
        var (turnsUs, _) = Measure(engines, [.. Enumerable.Range(0, Components).Select(BenchGuests.TypeScript)]);
        return Task.FromResult<IReadOnlyDictionary<string, Measurement>>(new Dictionary<string, Measurement>
        {
            ["inprocess_ts_p50_us"] = new(scriptUs, "us", null, "<=200"),
            ["inprocess_native_p50_us"] = new(nativeUs, "us", null, "<=25"),
            ["inprocess_ts_allocated_bytes"] = new(scriptBytes, "bytes", null, "<=1024"),
            ["inprocess_native_allocated_bytes"] = new(nativeBytes, "bytes", null, "<=1024"),
            ["inprocess_ts_async_p50_us"] = new(asyncUs, "us", scriptUs, "<=200"),
            ["inprocess_ts_standard_p50_us"] = new(standardUs, "us", scriptUs, "<=400"),
            ["inprocess_ts_50_in_turns_p50_us"] = new(turnsUs, "us", scriptUs, "<=300"),
        });
    }

    /// <summary>Calls in turns to so many components; with their code apart where they share it, as a runner keeps them.</summary>
    private static (double P50Us, double AllocatedBytes) Measure(EngineSet engines, byte[][] components)
    {
        var engine = engines.ForSize(components[0].Length);
        using var shared = ComponentSplit.TrySplit(components[0], out var first) ? Must(engine.CompileShared(first.Code)) : null;
        var guests = components.Select(wasm => Must(engine.Compile(Gauged(ComponentSplit.TrySplit(wasm, out var split) ? split.Component : wasm), shared))).ToArray();
        try
        {
            var result = (P50: 0.0, Bytes: 0.0);
            var thread = new Thread(
                () =>
                {
                    var started = Stopwatch.GetTimestamp();
                    for (var i = 0; Stopwatch.GetElapsedTime(started) < WarmUp; i++) Call(guests[i % guests.Length]);
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    var times = new double[Calls];
                    for (var i = 0; i < Calls; i++) times[i] = Call(guests[i % guests.Length]);
                    result = (Percentiles.Median(times), (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls);
                },
                Invoker.ThreadStackBytes);
            thread.Start();
            thread.Join();
            return result;
        }
        finally
        {
            foreach (var guest in guests) guest.Dispose();
        }
    }

    private static byte[] Gauged(byte[] component) => MemoryGauge.TryAdd(component, out var gauged) ? gauged : component;

    private static T Must<T>(Outcome<T> outcome) => outcome.TryGet(out var value, out var refusal) ? value : throw new InvalidOperationException(refusal.Message);

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
