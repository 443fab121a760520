namespace Alga.Extensions.Chaos;

/// <summary>Everything that goes wrong, on this machine.</summary>
internal static class Faults
{
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(3);

    /// <summary>Long enough for a publish and an install.</summary>
    private static readonly TimeSpan Longer = TimeSpan.FromSeconds(8);

    /// <summary>Clocks so far apart are none of a caller's business; see <c>ServiceToken.ClockSkew</c>.</summary>
    private const int Tolerated = 20;

    private const int Wrong = 300;

    /// <summary>All faults, in no order that means anything.</summary>
    public static IReadOnlyList<Fault> Of(Stack stack, Breakage breakage) =>
    [
        .. Parts.Names.Select(part => new Fault($"{part} ended (SIGTERM)", BudgetOf(part), token => stack.Parts.EndAsync(part, part == "postgres" ? "INT" : "TERM", token))),
        .. Parts.Names.Select(part => new Fault($"{part} killed (SIGKILL)", BudgetOf(part), token => stack.Parts.EndAsync(part, "KILL", token))),
        .. new[] { "gateway", "runner" }.SelectMany(part => new[]
        {
            new Fault($"one of two {part}s ended (SIGTERM)", 5, token => stack.Parts.EndOneAsync(part, "TERM", token)),
            new Fault($"one of two {part}s killed (SIGKILL)", 5, token => stack.Parts.EndOneAsync(part, "KILL", token)),
        }),
        new Fault("runners stand still for 3 s", 10, token => stack.Parts.PauseAsync("runner", Lasting, token)),
        new Fault("database stands still for 3 s", 10, token => stack.Parts.PauseAsync("postgres", Lasting, token)),
        .. breakage.Links.All.SelectMany(link => new[]
        {
            new Fault($"slow network between {link.Name} for 3 s", 10, token => SetAsync(link, LinkState.Slow, token)),
            new Fault($"resetting network between {link.Name} for 3 s", 10, token => SetAsync(link, LinkState.Resetting, token)),
        }),
        new Fault("cache folder cannot be written for 3 s", 5, token => LoseCacheAsync(stack, token)),
        .. breakage.Disk is null ? [] : FullDisk(stack),
        .. breakage.Clocks is not { } clocks ? [] : SkewedClocks.Parts.SelectMany(part => WrongClock(clocks, part)),
    ];

    /// <summary>Registry and blob store are not on the way of a request whose component is in memory.</summary>
    private static int BudgetOf(string part) => part is "registry" or "azurite" ? 5 : 20;

    private static async Task SetAsync(FaultyLink link, LinkState state, CancellationToken cancellationToken)
    {
        link.State = state;
        await Task.Delay(Lasting, cancellationToken);
        link.State = LinkState.Good;
    }

    private static IEnumerable<Fault> FullDisk(Stack stack)
    {
        yield return new Fault(
            "runners' disk full in the middle of a file, while a version is installed", 5, token => WithFullDiskAsync(stack, () => Task.Delay(Longer, token)))
        {
            WithUpgrade = true,
        };
        yield return new Fault("runners' disk full in the middle of a file, while the database is away", 20, token => WithFullDiskAsync(stack, () => LoseDatabaseAsync(stack, token)));
    }

    /// <summary>Records of executions go to the disk meanwhile.</summary>
    private static async Task LoseDatabaseAsync(Stack stack, CancellationToken cancellationToken)
    {
        await stack.Parts.EndAsync("postgres", "KILL", cancellationToken);
        await Task.Delay(Lasting, cancellationToken);
    }

    private static async Task WithFullDiskAsync(Stack stack, Func<Task> meanwhile)
    {
        stack.SetDiskFull(true);
        try
        {
            await meanwhile();
        }
        finally
        {
            stack.SetDiskFull(false);
        }
    }

    private static IEnumerable<Fault> WrongClock(SkewedClocks clocks, string part)
    {
        foreach (var sign in new[] { 1, -1 })
        {
            var where = sign > 0 ? "ahead" : "behind";
            yield return new Fault($"clock of {part} {Tolerated} s {where}", 5, token => SkewAsync(clocks, part, sign * Tolerated, token)) { Forbidden = ["runner_unavailable", "unauthenticated", "internal"] };
            // The other gateway and the other runner keep the right time, so half of the requests go on.
            yield return new Fault($"clock of {part} {Wrong} s {where}", 5, token => SkewAsync(clocks, part, sign * Wrong, token)) { Forbidden = ["internal"] };
        }
    }

    private static async Task SkewAsync(SkewedClocks clocks, string part, int seconds, CancellationToken cancellationToken)
    {
        await clocks.SetAsync(part, seconds, cancellationToken);
        await Task.Delay(Lasting, cancellationToken);
        await clocks.SetAsync(part, 0, cancellationToken);
    }

    /// <summary>A file in the place of the folder.</summary>
    private static async Task LoseCacheAsync(Stack stack, CancellationToken cancellationToken)
    {
        var kept = stack.RunnerCache + ".kept";
        Directory.Move(stack.RunnerCache, kept);
        await File.WriteAllTextAsync(stack.RunnerCache, "", cancellationToken);
        await Task.Delay(Lasting, cancellationToken);
        File.Delete(stack.RunnerCache);
        Directory.Move(kept, stack.RunnerCache);
    }
}
