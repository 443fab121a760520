using Alga.Extensions.Contracts;

namespace Alga.Extensions.HttpEdge;

/// <summary>
/// Something that a service needs and that can be away. A service registers one for each; <see cref="Edge"/> answers what its absence throws, wherever it does,
/// with <paramref name="Refusal"/>, and not as a fault of ours.
/// </summary>
/// <param name="Name">What is away, for the log.</param>
/// <param name="Explains">Whether an exception comes of its absence.</param>
/// <param name="Refusal">What callers are told.</param>
public sealed record Outage(string Name, Func<Exception, bool> Explains, Refusal Refusal);
