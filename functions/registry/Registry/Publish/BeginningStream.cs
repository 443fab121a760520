namespace Alga.Extensions.Registry.Publish;

/// <summary>Keeps the first bytes that are written to it and lets the rest go.</summary>
internal sealed class BeginningStream(int length) : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => base.Write(buffer[..Math.Min(buffer.Length, length - (int)Length)]);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }
}
