namespace Alga.Extensions.Chaos;

/// <summary>A fault, or something that a publisher or an admin did.</summary>
/// <param name="What">What it is.</param>
/// <param name="From">When it began.</param>
/// <param name="Until">When it was over.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="TakesServiceAway">Whether callers are meant to have no success meanwhile.</param>
internal sealed record Step(string What, DateTimeOffset From, DateTimeOffset Until, string Outcome, bool TakesServiceAway);
