namespace Alga.Extensions.TrustedIndexes;

/// <summary>Where signed indexes come from. Nothing that it gives is trusted before it is verified.</summary>
public interface IIndexSource
{
    /// <summary>The newest index of an extension as an envelope; null when there is none.</summary>
    /// <exception cref="IndexSourceException">The source does not answer.</exception>
    Task<byte[]?> ReadAsync(string extension, CancellationToken cancellationToken);

    /// <summary>The numbers of the newest indexes; an extension without one is left out.</summary>
    /// <exception cref="IndexSourceException">The source does not answer.</exception>
    Task<IReadOnlyDictionary<string, long>> ReadNumbersAsync(IReadOnlyCollection<string> extensions, CancellationToken cancellationToken);
}

/// <summary>The source of indexes is down or slow; trying again later can help.</summary>
public sealed class IndexSourceException(string message, Exception inner) : Exception(message, inner);
