using System.Diagnostics;

namespace Alga.Extensions.Chaos;

/// <summary>A schedule of faults under load. The same seed gives the same order.</summary>
internal static class ChaosRun
{
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(5);

    /// <returns>0 when nothing happened that may not.</returns>
    public static async Task<int> RunAsync(TimeSpan duration, int seed, bool withBudgets, CancellationToken cancellationToken)
    {
        Console.WriteLine($"Seed {seed}");
        var time = TimeProvider.System;
        var random = new Random(seed);
        await using var stack = await Stack.StartAsync(cancellationToken);
        await using var link = new FaultyLink(stack.GatewayPort, seed);
        var journal = new Journal(time);
        var lifecycle = new Lifecycle(stack, journal, random);
        await lifecycle.BeginAsync(cancellationToken);
        using var load = new Load(stack, new Uri($"http://127.0.0.1:{link.Port}"), journal, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = load.RunAsync(stop.Token);
        await RecoverAsync(journal, time, "the start", cancellationToken);

        var effects = new List<FaultEffect>();
        var began = Stopwatch.GetTimestamp();
        var faults = Shuffled(Fault.All(stack, link), random).GetEnumerator();
        while (Stopwatch.GetElapsedTime(began) < duration && faults.MoveNext())
        {
            Console.WriteLine($"  {await lifecycle.StepAsync(cancellationToken)}");
            var from = time.GetUtcNow();
            await faults.Current.RunAsync(cancellationToken);
            await RecoverAsync(journal, time, faults.Current.Name, cancellationToken);
            var effect = FaultEffect.Of(faults.Current, journal, from, time.GetUtcNow());
            effects.Add(effect);
            Console.WriteLine($"  {effect}");
        }

        await stop.CancelAsync();
        await running;
        return Report(journal, await load.TotalAsync(), effects, withBudgets);
    }

    /// <summary>All, in another order each time round, for ever.</summary>
    private static IEnumerable<Fault> Shuffled(IReadOnlyList<Fault> faults, Random random)
    {
        while (true)
        {
            var order = faults.ToArray();
            random.Shuffle(order);
            foreach (var fault in order) yield return fault;
        }
    }

    /// <summary>Waits for a request that began after this moment and succeeded.</summary>
    private static async Task RecoverAsync(Journal journal, TimeProvider time, string after, CancellationToken cancellationToken)
    {
        var from = time.GetUtcNow();
        while (journal.LastSuccess <= from)
        {
            if (time.GetUtcNow() - from > Recovery) throw new InvalidOperationException($"No request succeeded within {Recovery} after {after}.");
            await Task.Delay(50, cancellationToken);
        }
    }

    private static int Report(Journal journal, long total, List<FaultEffect> effects, bool withBudgets)
    {
        var lost = Math.Max(0, journal.Acknowledged - total);
        var doubled = Math.Max(0, total - journal.Acknowledged);
        Console.WriteLine(
            $"""
            Operations acknowledged: {journal.Acknowledged}; counted by the extension: {total}; lost: {lost}; done twice: {doubled}
            Answers repeated by their key: {journal.Replayed}; executed again and found done: {journal.ExecutedAgain}
            Requests: {journal.Calls.Count}, of them without success: {journal.Calls.Count(call => !call.IsSuccess)} ({FaultEffect.ReasonsOf(journal.Calls)})
            Longest use of a revoked version after its revocation: {journal.LongestRevocation.TotalSeconds:0.0} s
            """);
        foreach (var violation in journal.Violations.Distinct()) Console.WriteLine("VIOLATION: " + violation);
        var beyond = effects.Where(effect => withBudgets && effect.IsBeyondBudget).ToList();
        foreach (var effect in beyond) Console.WriteLine($"BEYOND BUDGET: {effect}");
        var isGood = lost == 0 && doubled == 0 && journal.Violations.Count == 0 && beyond.Count == 0 && journal.Acknowledged > 0;
        Console.WriteLine(isGood ? "Good." : "Not good.");
        return isGood ? 0 : 1;
    }
}
