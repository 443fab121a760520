using System.Buffers;

namespace Alga.Extensions.HttpEdge;

/// <summary>A body in memory of the shared pool. Whoever has it disposes of it, once, and keeps no reference to its memory.</summary>
public sealed class PooledBody : IDisposable
{
    private byte[]? array;
    private readonly int length;

    internal PooledBody(byte[] array, int length)
    {
        this.array = array;
        this.length = length;
    }

    /// <summary>The bytes; empty when there was no body.</summary>
    public ReadOnlyMemory<byte> Memory => (array ?? throw new ObjectDisposedException(nameof(PooledBody))).AsMemory(0, length);

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref array, null) is { Length: > 0 } rented) ArrayPool<byte>.Shared.Return(rented);
    }
}
