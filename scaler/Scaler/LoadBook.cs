using System.Collections.Concurrent;
using Alga.Extensions.LoadReports;

namespace Alga.Extensions.Scaler;

/// <summary>The last report of each process, and what they add up to.</summary>
public sealed class LoadBook(TimeProvider time)
{
    /// <summary>How long a report counts: five of the intervals at which processes send them.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    /// <summary>How far a process's clock may be from this one's.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>Most processes that are known at a time.</summary>
    public const int MaxSources = 10_000;

    private readonly ConcurrentDictionary<Guid, Entry> entries = new();
    private readonly Lock waitersGate = new();
    private TaskCompletionSource changed = NewSignal();

    private sealed record Entry(LoadReport Report, long ReceivedAt);

    /// <summary>Takes a report, unless its clock is off, it is older than the last of its process, or there are too many processes.</summary>
    public bool Take(LoadReport report)
    {
        if (Math.Abs(time.GetUtcNow().ToUnixTimeMilliseconds() - (double)report.At) > ClockSkew.TotalMilliseconds) return false;
        var entry = new Entry(report, time.GetTimestamp());
        if (!entries.ContainsKey(report.Source) && entries.Count >= MaxSources)
        {
            Forget();
            if (entries.Count >= MaxSources) return false;
        }

        var kept = entries.AddOrUpdate(report.Source, entry, (_, known) => known.Report.At < report.At ? entry : known);
        if (!ReferenceEquals(kept, entry)) return false;
        lock (waitersGate)
        {
            changed.TrySetResult();
            changed = NewSignal();
        }

        return true;
    }

    /// <summary>
    /// Executions in flight, those that wait at the gateways included; null when no process has reported lately. A request
    /// that a gateway forwarded is counted by it and by its runner, so the two sums are not added: the larger one holds all
    /// that either kind knows of, also while reports of the other do not come through.
    /// </summary>
    public int? InFlight()
    {
        Forget();
        var reports = entries.Values.Select(entry => entry.Report).ToList();
        return reports.Count == 0 ? null : Math.Max(Sum(LoadComponent.Gateway), Sum(LoadComponent.Runner));

        int Sum(LoadComponent component) => (int)Math.Min(
            int.MaxValue, reports.Where(report => report.Component == component).Sum(report => (long)report.InFlight));
    }

    /// <summary>Ends with the next report.</summary>
    public Task NextReportAsync()
    {
        lock (waitersGate) return changed.Task;
    }

    private void Forget()
    {
        foreach (var (source, entry) in entries)
        {
            if (time.GetElapsedTime(entry.ReceivedAt) >= Lifetime) entries.TryRemove(KeyValuePair.Create(source, entry));
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
