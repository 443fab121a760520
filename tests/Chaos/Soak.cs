using System.Globalization;

namespace Alga.Extensions.Chaos;

/// <summary>Load without faults, while memory and handles of each part are watched.</summary>
internal static class Soak
{
    private const double AllowedGrowth = 1.2;
    private const double AllowedMb = 32;
    private const int AllowedHandles = 32;

    private static readonly TimeSpan BetweenSamples = TimeSpan.FromSeconds(5);

    /// <returns>0 when the last quarter needs no more than the second, and nothing was lost or done twice.</returns>
    public static async Task<int> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        await using var stack = await Stack.StartAsync(cancellationToken);
        var journal = new Journal(time);
        var lifecycle = new Lifecycle(stack, journal, new Random(0));
        await lifecycle.BeginAsync(cancellationToken);
        using var load = new Load(stack, journal, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = load.RunAsync(stop.Token);

        var samples = Parts.Names.ToDictionary(part => part, _ => new List<(int Id, double MemoryMb, int Handles)>(), StringComparer.Ordinal);
        var parts = stack.Parts;
        for (var end = time.GetUtcNow() + duration; time.GetUtcNow() < end;)
        {
            foreach (var (part, list) in samples)
            {
                if (parts.Measure(part) is { } sample) list.Add(sample);
            }

            await Task.Delay(BetweenSamples, time, cancellationToken);
        }

        await stop.CancelAsync();
        await running;
        var total = await load.TotalAsync();
        Console.WriteLine($"Operations acknowledged: {journal.Acknowledged}; counted by the extension: {total}; requests: {journal.Calls.Count}");
        var areFlat = samples.Select(pair => IsFlat(pair.Key, pair.Value)).ToList();
        var isGood = areFlat.All(flat => flat) && total == journal.Acknowledged && !Rules.Violations(journal.Calls, journal.Bans).Any();
        Console.WriteLine(isGood ? "Good." : "Not good.");
        return isGood ? 0 : 1;
    }

    /// <summary>The first quarter is a warm-up; the medians of the second and the last are compared.</summary>
    private static bool IsFlat(string part, List<(int Id, double MemoryMb, int Handles)> samples)
    {
        if (samples.Count < 8 || samples.Select(sample => sample.Id).Distinct().Count() > 1)
        {
            Console.WriteLine($"  {part}: ended meanwhile, or too few samples");
            return false;
        }

        var quarter = samples.Count / 4;
        var early = samples.Skip(quarter).Take(quarter).ToList();
        var late = samples.TakeLast(quarter).ToList();
        var (memoryBefore, memoryAfter) = (Median(early.Select(sample => sample.MemoryMb)), Median(late.Select(sample => sample.MemoryMb)));
        var (handlesBefore, handlesAfter) = (Median(early.Select(sample => (double)sample.Handles)), Median(late.Select(sample => (double)sample.Handles)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {part}: {memoryBefore:0} MB then {memoryAfter:0} MB, {handlesBefore:0} handles then {handlesAfter:0}"));
        return memoryAfter <= Math.Max(memoryBefore * AllowedGrowth, memoryBefore + AllowedMb) && handlesAfter <= handlesBefore + AllowedHandles;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
