using System.Diagnostics;

namespace Alga.Extensions.Chaos;

/// <summary>A schedule of faults under load. The same seed gives the same order.</summary>
internal static class ChaosRun
{
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(5);

    /// <summary>How long no request may have failed for a reason that the next fault may not have.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);

    /// <param name="options">What the person asked for.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>0 when nothing happened that may not.</returns>
    public static async Task<int> RunAsync(ChaosOptions options, CancellationToken cancellationToken)
    {
        Console.WriteLine($"Seed {options.Seed}");
        var time = TimeProvider.System;
        var random = new Random(options.Seed);
        await using var stack = await Stack.StartBreakableAsync(options.Seed, cancellationToken);
        foreach (var missing in stack.Breakage!.Missing()) Console.WriteLine(missing);
        var journal = new Journal(time);
        var lifecycle = new Lifecycle(stack, journal, random);
        await lifecycle.BeginAsync(cancellationToken);
        using var load = new Load(stack, journal, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = load.RunAsync(stop.Token);
        await RecoverAsync(journal, time, "the start", cancellationToken);

        var effects = new List<FaultEffect>();
        var began = Stopwatch.GetTimestamp();
        var faults = Shuffled(Faults.Of(stack, stack.Breakage).Where(options.Takes).ToArray(), random).GetEnumerator();
        while (Stopwatch.GetElapsedTime(began) < options.Duration && faults.MoveNext())
        {
            var fault = faults.Current;
            var isMeanwhile = fault.WithUpgrade || random.Next(2) == 0;
            if (!isMeanwhile) Console.WriteLine($"  {await lifecycle.StepAsync(cancellationToken)}");
            await CalmAsync(fault, journal, time, cancellationToken);
            var from = time.GetUtcNow();
            var step = !isMeanwhile ? null : fault.WithUpgrade ? lifecycle.UpgradeAsync(cancellationToken) : lifecycle.StepAsync(cancellationToken);
            await journal.RecordAsync(fault.Name, async () =>
            {
                await fault.RunAsync(cancellationToken);
                return "over";
            });
            if (step is not null) Console.WriteLine($"  {await step}, meanwhile");
            await RecoverAsync(journal, time, fault.Name, cancellationToken);
            var effect = FaultEffect.Of(fault, journal, from, time.GetUtcNow());
            effects.Add(effect);
            Console.WriteLine($"  {effect}");
        }

        await stop.CancelAsync();
        await running;
        if (options.Record is { } file) await journal.WriteAsync(file);
        return Report(journal, await load.TotalAsync(), effects, options.WithBudgets);
    }

    /// <summary>All, in another order each time round, for ever.</summary>
    private static IEnumerable<Fault> Shuffled(Fault[] faults, Random random)
    {
        while (faults.Length > 0)
        {
            var order = (Fault[])faults.Clone();
            random.Shuffle(order);
            foreach (var fault in order) yield return fault;
        }
    }

    /// <summary>What the fault before left behind is over, where this one is judged by reasons.</summary>
    private static async Task CalmAsync(Fault fault, Journal journal, TimeProvider time, CancellationToken cancellationToken)
    {
        var from = time.GetUtcNow();
        while (journal.Calls.Any(call => call.Ended > time.GetUtcNow() - Calm && call.Reason is { } reason && fault.Forbidden.Contains(reason)))
        {
            if (time.GetUtcNow() - from > Recovery) throw new InvalidOperationException($"Requests go on to fail within {Recovery} before {fault.Name}.");
            await Task.Delay(50, cancellationToken);
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
            Taken away: {journal.Bans.Count}; the longest time after which one was still seen: {Rules.Longest(journal.Calls, journal.Bans).TotalSeconds:0.0} s
            """);
        var violations = Rules.Violations(journal.Calls, journal.Bans).Distinct().ToList();
        foreach (var violation in violations) Console.WriteLine("VIOLATION: " + violation);
        var unclear = effects.Where(effect => effect.HasForbidden).ToList();
        foreach (var effect in unclear) Console.WriteLine($"A REASON THAT MAY NOT BE: {effect}");
        var beyond = effects.Where(effect => withBudgets && effect.IsBeyondBudget).ToList();
        foreach (var effect in beyond) Console.WriteLine($"BEYOND BUDGET: {effect}");
        var isGood = lost == 0 && doubled == 0 && violations.Count == 0 && unclear.Count == 0 && beyond.Count == 0 && journal.Acknowledged > 0;
        Console.WriteLine(isGood ? "Good." : "Not good.");
        return isGood ? 0 : 1;
    }
}
