namespace Alga.Extensions.TrustedIndexes.Tests;

/// <summary>A source that gives whatever an attacker, or a registry, puts there.</summary>
internal sealed class FakeSource : IIndexSource
{
    public byte[]? Envelope { get; set; }

    public long Number { get; set; }

    public bool IsDown { get; set; }

    public int Reads { get; private set; }

    public Task<byte[]?> ReadAsync(string extension, CancellationToken cancellationToken)
    {
        Reads++;
        return IsDown ? throw new IndexSourceException("down", new IOException("canary")) : Task.FromResult(Envelope);
    }

    public Task<IReadOnlyDictionary<string, long>> ReadNumbersAsync(IReadOnlyCollection<string> extensions, CancellationToken cancellationToken)
    {
        if (IsDown) throw new IndexSourceException("down", new IOException("canary"));
        return Task.FromResult<IReadOnlyDictionary<string, long>>(Envelope is null ? [] : extensions.ToDictionary(name => name, _ => Number));
    }
}
