namespace Alga.Extensions.Registry.Publish;

/// <summary>What a publisher sent. Whoever has it disposes of it.</summary>
/// <param name="Envelope">The signature envelope's bytes.</param>
/// <param name="Bundle">The bundle's bytes, on disk, able to seek.</param>
public sealed record PublishUpload(byte[] Envelope, Stream Bundle) : IAsyncDisposable
{
    /// <summary>When the publisher's key must be valid: now, or for bytes that were accepted before, when they were.</summary>
    public DateTimeOffset KeysValidAt { get; init; }

    public ValueTask DisposeAsync() => Bundle.DisposeAsync();
}
