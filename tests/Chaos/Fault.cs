namespace Alga.Extensions.Chaos;

/// <summary>Something that goes wrong.</summary>
/// <param name="Name">As in the report.</param>
/// <param name="BudgetSeconds">How long callers may be without a success, on a machine that does nothing else, two processors.</param>
/// <param name="RunAsync">Lets it happen; when this returns, what lasted is over, and a part that ended has begun anew.</param>
internal sealed record Fault(string Name, int BudgetSeconds, Func<CancellationToken, Task> RunAsync)
{
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(3);

    /// <summary>All faults, in no order that means anything.</summary>
    public static IReadOnlyList<Fault> All(Stack stack, FaultyLink link) =>
    [
        .. Parts.Names.Select(part => new Fault($"{part} ended (SIGTERM)", BudgetOf(part), token => stack.Parts.EndAsync(part, part == "postgres" ? "INT" : "TERM", token))),
        .. Parts.Names.Select(part => new Fault($"{part} killed (SIGKILL)", BudgetOf(part), token => stack.Parts.EndAsync(part, "KILL", token))),
        new Fault("runner stands still for 3 s", 10, token => stack.Parts.PauseAsync("runner", Lasting, token)),
        new Fault("database stands still for 3 s", 10, token => stack.Parts.PauseAsync("postgres", Lasting, token)),
        new Fault("slow network for 3 s", 5, token => SetAsync(link, LinkState.Slow, token)),
        new Fault("resetting network for 3 s", 5, token => SetAsync(link, LinkState.Resetting, token)),
        new Fault("cache folder cannot be written for 3 s", 5, token => LoseCacheAsync(stack, token)),
    ];

    /// <summary>Registry and blob store are not on the way of a request whose component is in memory.</summary>
    private static int BudgetOf(string part) => part is "registry" or "azurite" ? 5 : 20;

    private static async Task SetAsync(FaultyLink link, LinkState state, CancellationToken cancellationToken)
    {
        link.State = state;
        await Task.Delay(Lasting, cancellationToken);
        link.State = LinkState.Good;
    }

    /// <summary>A file in the place of the folder: whatever is written there fails, as on a full disk.</summary>
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
