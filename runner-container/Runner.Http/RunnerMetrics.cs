using System.Diagnostics.Metrics;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;

namespace Alga.Extensions.Runner.Http;

/// <summary>Metrics of the runner; <c>docs/metrics.md</c> lists them.</summary>
public sealed class RunnerMetrics : IDisposable
{
    /// <summary>Tenants and extensions that have series of their own.</summary>
    public const int MaxTenantLabels = 100;
    public const int MaxExtensionLabels = 100;

    private static readonly InstrumentAdvice<double> GuestBuckets = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private static readonly InstrumentAdvice<double> LoadBuckets = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private static readonly InstrumentAdvice<long> FuelBuckets = new()
    {
        HistogramBucketBoundaries = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000],
    };

    private static readonly InstrumentAdvice<long> MemoryBuckets = new()
    {
        HistogramBucketBoundaries = [256 * 1024, 1024 * 1024, 2 * 1024 * 1024, 4 * 1024 * 1024, 8 * 1024 * 1024, 16 * 1024 * 1024, 32 * 1024 * 1024, 64 * 1024 * 1024, 128 * 1024 * 1024, 256 * 1024 * 1024],
    };

    private readonly LabelBudget labels = new(MaxTenantLabels, MaxExtensionLabels);
    private readonly Meter meter;
    private readonly Counter<long> executions;
    private readonly Counter<long> refusals;
    private readonly Counter<long> egress;
    private readonly Counter<long> lookups;
    private readonly Histogram<double> durations;
    private readonly Histogram<long> fuel;
    private readonly Histogram<long> memory;
    private readonly Histogram<double> waits;
    private readonly Histogram<double> loads;
    private readonly Histogram<double> compilations;
    private long confined;

    public RunnerMetrics(IMeterFactory factory)
    {
        meter = factory.Create("Alga.Extensions.Runner");
        executions = meter.CreateCounter<long>("alga.runner.executions", "{execution}", "Guests that ran, by tenant, extension and outcome.");
        // Observable, so that it is there before the first one.
        meter.CreateObservableCounter("alga.runner.executions.confined", () => Interlocked.Read(ref confined), "{execution}", "Guests that were found to compute for long beside other tenants.");
        refusals = meter.CreateCounter<long>("alga.runner.refusals", "{request}", "Requests that were refused without a guest, by error code.");
        egress = meter.CreateCounter<long>("alga.runner.execution.egress", "By", "Bytes that guests sent and received, by tenant and extension.");
        lookups = meter.CreateCounter<long>("alga.runner.component.lookups", "{lookup}", "Components that requests asked for: hit in memory, or miss.");
        durations = meter.CreateHistogram("alga.runner.execution.duration", "s", "Time of a guest from instantiation to answer, by extension and outcome.", advice: GuestBuckets);
        fuel = meter.CreateHistogram("alga.runner.execution.fuel", "{instruction}", "Instructions of a guest whose request has a fuel limit.", advice: FuelBuckets);
        memory = meter.CreateHistogram("alga.runner.execution.memory", "By", "Linear memory of a guest that came to its end, by extension.", advice: MemoryBuckets);
        waits = meter.CreateHistogram("alga.runner.queue.duration", "s", "Time that a request waits for an execution thread.", advice: GuestBuckets);
        loads = meter.CreateHistogram("alga.runner.load.duration", "s", "Time to fetch, verify and compile or restore a component, by source.", advice: LoadBuckets);
        compilations = meter.CreateHistogram("alga.runner.compile.duration", "s", "Time to compile a component.", advice: LoadBuckets);
    }

    /// <summary>A guest ended; the outcome is <c>ok</c> or the error's wire name.</summary>
    public void Executed(ExecutionOwner owner, TimeSpan duration, ExecuteUsage usage, Refusal? refusal)
    {
        var tenant = new KeyValuePair<string, object?>("tenant", labels.Tenant(owner.TenantId));
        var extension = new KeyValuePair<string, object?>("extension", labels.Extension(owner.Extension));
        var outcome = new KeyValuePair<string, object?>("outcome", refusal is null ? "ok" : ErrorTable.Describe(refusal.Code).Name);
        executions.Add(1, tenant, extension, outcome);
        durations.Record(duration.TotalSeconds, extension, outcome);
        egress.Add(usage.EgressBytes, tenant, extension);
        if (usage.Fuel > 0) fuel.Record(usage.Fuel, extension);
        if (usage.MemoryBytes > 0) memory.Record(usage.MemoryBytes, extension);
    }

    /// <summary>A request was refused without a guest.</summary>
    public void Refused(ErrorCode code) => refusals.Add(1, new KeyValuePair<string, object?>("code", ErrorTable.Describe(code).Name));

    /// <summary>A guest computed for long beside other tenants.</summary>
    public void Confined() => Interlocked.Increment(ref confined);

    /// <summary>A request got its thread.</summary>
    public void Waited(TimeSpan duration) => waits.Record(duration.TotalSeconds);

    /// <summary>A request asked for its component, which was in memory or not.</summary>
    public void LookedUp(bool inMemory) => lookups.Add(1, new KeyValuePair<string, object?>("result", inMemory ? "hit" : "miss"));

    /// <summary>A component was loaded; the source is <c>disk</c>, <c>store</c> (the bundle store), <c>compiled</c> or <c>refused</c>.</summary>
    public void Loaded(TimeSpan duration, string source) =>
        loads.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("source", source));

    /// <summary>A component was compiled.</summary>
    public void Compiled(TimeSpan duration) => compilations.Record(duration.TotalSeconds);

    /// <summary>What the execution pool looks like at the moment of a scrape.</summary>
    internal void Observe(Func<int> waiting, Func<int> busy, int threads)
    {
        meter.CreateObservableGauge("alga.runner.queue.depth", waiting, "{request}", "Requests that wait for an execution thread.");
        meter.CreateObservableGauge("alga.runner.threads.busy", busy, "{thread}", "Execution threads that run a guest.");
        meter.CreateObservableGauge("alga.runner.threads.limit", () => threads, "{thread}", "Execution threads.");
    }

    public void Dispose() => meter.Dispose();
}
