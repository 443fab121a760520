using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Alga.Extensions.Registry.Executions;

/// <summary>Where a list of executions goes on: after this one, towards older ones.</summary>
/// <param name="StartedAt">In UTC, to the microsecond.</param>
/// <param name="ExecutionId">Tells those of one microsecond apart.</param>
public readonly record struct ExecutionCursor(DateTime StartedAt, Guid ExecutionId)
{
    private const int Bytes = 8 + 16;
    private static readonly int Length = Base64Url.GetEncodedLength(Bytes);

    /// <summary>Reads what <see cref="ToString"/> wrote; false for anything else.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ExecutionCursor? cursor)
    {
        cursor = null;
        Span<byte> bytes = stackalloc byte[Bytes];
        if (text.Length != Length || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != Bytes) return false;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        // PostgreSQL's range is narrower than this at its lower end, and no execution is older than the platform.
        if (ticks < DateTime.UnixEpoch.Ticks || ticks > DateTime.MaxValue.Ticks) return false;
        cursor = new ExecutionCursor(new DateTime(ticks, DateTimeKind.Utc), new Guid(bytes[8..], bigEndian: true));
        return true;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, StartedAt.Ticks);
        ExecutionId.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
