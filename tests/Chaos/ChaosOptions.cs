namespace Alga.Extensions.Chaos;

/// <summary>What the person asked for.</summary>
/// <param name="Duration">How long faults are injected.</param>
/// <param name="Seed">The same one gives the same schedule.</param>
/// <param name="WithBudgets">Whether a fault that was felt for too long is a failure.</param>
/// <param name="Only">Words, of which a fault's name has to have one; none for all faults.</param>
/// <param name="Record">File that everything that happened is written to; null for none.</param>
internal sealed record ChaosOptions(TimeSpan Duration, int Seed, bool WithBudgets, IReadOnlyList<string> Only, string? Record)
{
    public bool Takes(Fault fault) => Only.Count == 0 || Only.Any(word => fault.Name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
