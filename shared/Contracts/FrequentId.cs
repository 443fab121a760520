using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Alga.Extensions.Contracts;

/// <summary>
/// UUIDv7 (RFC 9562) for what gets an id with every request. The same as <see cref="Guid.CreateVersion7(DateTimeOffset)"/>, which asks
/// the system for random bytes each time; this one asks for those of many ids at once.
/// </summary>
public static class FrequentId
{
    private const int IdBytes = 16;
    private const int IdsAtOnce = 64;

    [ThreadStatic]
    private static byte[]? random;

    [ThreadStatic]
    private static int used;

    /// <summary>A new id.</summary>
    /// <param name="timestamp">Its time, kept in whole milliseconds; 1970 or later.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is before 1970.</exception>
    public static Guid Create(DateTimeOffset timestamp)
    {
        var milliseconds = timestamp.ToUnixTimeMilliseconds();
        ArgumentOutOfRangeException.ThrowIfNegative(milliseconds, nameof(timestamp));
        var id = TakeRandom();
        // The time's 48 bits, then the version in four bits; the variant is the top two bits of the ninth byte.
        BinaryPrimitives.WriteInt64BigEndian(id, (milliseconds << 16) | 0x7000 | (BinaryPrimitives.ReadInt64BigEndian(id) & 0x0FFF));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id, bigEndian: true);
    }

    /// <summary>Bytes that no other id gets.</summary>
    private static Span<byte> TakeRandom()
    {
        random ??= new byte[IdBytes * IdsAtOnce];
        if (used == 0) RandomNumberGenerator.Fill(random);
        var bytes = random.AsSpan(used, IdBytes);
        used = (used + IdBytes) % random.Length;
        return bytes;
    }
}
