using System.Buffers;
using System.Text.Json;

namespace Alga.Extensions.Runner.Http;

/// <summary>Room to write JSON in, and what writes it, which the threads keep for their next answers. Dispose it when nobody reads it any more.</summary>
internal sealed class JsonBuffer : IDisposable
{
    private const int MaxKeptBytes = 64 * 1024;

    [ThreadStatic]
    private static JsonBuffer? spare;

    private readonly ArrayBufferWriter<byte> bytes = new(1024);

    private JsonBuffer() => Writer = new(bytes, new JsonWriterOptions { SkipValidation = true });

    public Utf8JsonWriter Writer { get; }

    /// <summary>What was written and flushed.</summary>
    public ReadOnlyMemory<byte> Written => bytes.WrittenMemory;

    /// <summary>An empty one.</summary>
    public static JsonBuffer Rent()
    {
        var buffer = spare ?? new JsonBuffer();
        spare = null;
        return buffer;
    }

    public void Dispose()
    {
        if (bytes.Capacity > MaxKeptBytes)
        {
            Writer.Dispose();
            return;
        }

        bytes.ResetWrittenCount();
        Writer.Reset(bytes);
        spare = this;
    }
}
