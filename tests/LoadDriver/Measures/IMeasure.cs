using Alga.Extensions.LoadDriver.Stack;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>Figures that are taken together, because they share a set-up or a baseline.</summary>
internal interface IMeasure
{
    /// <summary>Names of the figures, as <c>./bench NAME</c> takes them.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Takes the figures.</summary>
    Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken);
}
