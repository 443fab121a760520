namespace Alga.Extensions.Chaos;

/// <summary>Something that goes wrong.</summary>
/// <param name="Name">As in the report.</param>
/// <param name="BudgetSeconds">How long callers may be without a success, on a machine that does nothing else, two processors.</param>
/// <param name="RunAsync">Lets it happen; when this returns, what lasted is over, and a part that ended has begun anew.</param>
internal sealed record Fault(string Name, int BudgetSeconds, Func<CancellationToken, Task> RunAsync)
{
    /// <summary>Reasons for which no request may fail meanwhile.</summary>
    public IReadOnlyList<string> Forbidden { get; init; } = [];

    /// <summary>Whether a version is published and installed meanwhile, rather than what the schedule says.</summary>
    public bool WithUpgrade { get; init; }
}
