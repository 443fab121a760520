namespace Alga.Extensions.TrustedIndexes.Tests;

/// <summary>A source that gives whatever an attacker, or a registry, puts there.</summary>
internal sealed class FakeSource : IIndexSource
{
    public byte[]? Envelope { get; set; }

    public long Number { get; set; }

    public bool IsDown { get; set; }

    public int Reads { get; private set; }

    /// <summary>A read that has begun ends with this, and gives what was there when it began.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    public async Task<byte[]?> ReadAsync(string extension, CancellationToken cancellationToken)
    {
        Reads++;
        if (IsDown) throw new IndexSourceException("down", new IOException("canary"));
        var envelope = Envelope;
        await Hold;
        return envelope;
    }

    public Task<IReadOnlyDictionary<string, long>> ReadNumbersAsync(IReadOnlyCollection<string> extensions, CancellationToken cancellationToken)
    {
        if (IsDown) throw new IndexSourceException("down", new IOException("canary"));
        return Task.FromResult<IReadOnlyDictionary<string, long>>(Envelope is null ? [] : extensions.ToDictionary(name => name, _ => Number));
    }
}
