namespace Alga.Extensions.Runner.Http;

/// <summary>What guests of a tenant that computes for long have beside others.</summary>
/// <param name="Processors">Those that they run on; null for all, where there are too few to leave some to others.</param>
/// <param name="Turns">The turns in which they run there.</param>
internal sealed record ProcessorShare(ProcessorSet? Processors, ProcessorTurns Turns);
