using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles.Tests;

/// <summary>Counts what it is given and keeps nothing.</summary>
internal sealed class CountingSink : IBundleSink
{
    public int Files { get; private set; }

    public long Bytes { get; private set; }

    public Outcome<Stream> Open(string path, long sizeBytes)
    {
        Files++;
        return new Counter(this);
    }

    private sealed class Counter(CountingSink sink) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            sink.Bytes += buffer.Length;
            return ValueTask.CompletedTask;
        }
    }
}
