using System.Buffers.Binary;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Compiler;

/// <summary>
/// What the compiler writes: 8 bytes <c>algacmp1</c>, the class of guest, three zeros, the length as a big-endian 32-bit number, the
/// compiled code, the end. Whoever reads it takes nothing on trust: the process that wrote it had a hostile component in its hands.
/// </summary>
/// <param name="Class">The class of guest, as measured.</param>
/// <param name="Code">The serialised component.</param>
public sealed record CompilerAnswer(GuestClass Class, byte[] Code)
{
    /// <summary>Most bytes of compiled code: the largest component, and about three times that with room to spare.</summary>
    public const int MaxCodeBytes = 200 * 1024 * 1024;

    private const int HeaderBytes = 16;

    private static ReadOnlySpan<byte> Magic => "algacmp1"u8;

    /// <summary>Writes an answer.</summary>
    public static void Write(Stream output, GuestClass guestClass, ReadOnlySpan<byte> code)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        header.Clear();
        Magic.CopyTo(header);
        header[8] = (byte)guestClass;
        BinaryPrimitives.WriteInt32BigEndian(header[12..], code.Length);
        output.Write(header);
        output.Write(code);
        output.Flush();
    }

    /// <summary>Reads an answer to its end; null when it is not exactly one. Never holds more than the length it announces.</summary>
    public static async Task<CompilerAnswer?> ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderBytes];
        if (await input.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < HeaderBytes) return null;
        if (!header.AsSpan().StartsWith(Magic) || header.AsSpan(9, 3).ContainsAnyExcept((byte)0)) return null;
        var guestClass = (GuestClass)header[8];
        var length = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(12));
        if (!Enum.IsDefined(guestClass) || length is <= 0 or > MaxCodeBytes) return null;
        var code = new byte[length];
        if (await input.ReadAtLeastAsync(code, length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < length) return null;
        return await input.ReadAsync(header.AsMemory(0, 1), cancellationToken).ConfigureAwait(false) == 0 ? new CompilerAnswer(guestClass, code) : null;
    }
}
