using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Compiled code with the MAC of this platform, as it lies on disk and in the bundle store. It is native code that the engine runs
/// as it stands, so it only comes out of a file whose MAC matches: over what it was made from and for, its class, and every byte.
/// </summary>
/// <remarks>8 bytes <c>algacw</c> 0 2, the MAC (32), class (1), zeros (7), length (8, big-endian), SHA-256 of the code that it shares or zeros (32), the code.</remarks>
public sealed class CompiledCode
{
    /// <summary>Bytes before the code.</summary>
    public const int HeaderBytes = SharedAt + DigestBytes;

    private const int MacAt = 8;
    private const int MacBytes = 32;
    private const int ClassAt = MacAt + MacBytes;
    private const int LengthAt = 48;
    private const int SharedAt = 56;
    private const int DigestBytes = 32;

    private readonly byte[] file;

    private CompiledCode(byte[] file) => this.file = file;

    private static ReadOnlySpan<byte> Magic => "algacw\0\u0002"u8;

    /// <summary>The class of guest, measured when it was compiled.</summary>
    public GuestClass Class => (GuestClass)file[ClassAt];

    /// <summary>SHA-256 of the code that the component shares with others and cannot run without; null where it has all of its code.</summary>
    public ReadOnlyMemory<byte>? SharedDigest
    {
        get
        {
            if (!file.AsSpan(SharedAt, DigestBytes).ContainsAnyExcept((byte)0)) return null;
            return file.AsMemory(SharedAt, DigestBytes);
        }
    }

    /// <summary>What <see cref="GuestEngine.Restore"/> takes.</summary>
    public ReadOnlySpan<byte> Code => file.AsSpan(HeaderBytes);

    /// <summary>Number of bytes of <see cref="Code"/>.</summary>
    public int Length => file.Length - HeaderBytes;

    /// <summary>Everything, MAC included.</summary>
    public ReadOnlyMemory<byte> File => file;

    /// <summary>Wraps code that was compiled just now.</summary>
    public static CompiledCode Seal(CompiledIdentity identity, byte[] key, GuestClass guestClass, ReadOnlySpan<byte> code, ReadOnlySpan<byte> sharedDigest = default)
    {
        var file = new byte[HeaderBytes + code.Length];
        Magic.CopyTo(file);
        file[ClassAt] = (byte)guestClass;
        BinaryPrimitives.WriteInt64BigEndian(file.AsSpan(LengthAt), code.Length);
        sharedDigest.CopyTo(file.AsSpan(SharedAt, DigestBytes));
        code.CopyTo(file.AsSpan(HeaderBytes));
        Mac(identity, key, file).CopyTo(file.AsSpan(MacAt));
        return new CompiledCode(file);
    }

    /// <summary>Opens a file; false when it is not exactly what was sealed for this identity with this key. Keeps <paramref name="file"/>.</summary>
    public static bool TryOpen(CompiledIdentity identity, byte[] key, byte[] file, [NotNullWhen(true)] out CompiledCode? code)
    {
        code = null;
        if (file.Length <= HeaderBytes || !file.AsSpan().StartsWith(Magic)) return false;
        if (!CryptographicOperations.FixedTimeEquals(file.AsSpan(MacAt, MacBytes), Mac(identity, key, file))) return false;
        // Whoever has the key wrote these; a later version might write others.
        if (BinaryPrimitives.ReadInt64BigEndian(file.AsSpan(LengthAt)) != file.Length - HeaderBytes || !Enum.IsDefined((GuestClass)file[ClassAt])) return false;
        code = new CompiledCode(file);
        return true;
    }

    private static byte[] Mac(CompiledIdentity identity, byte[] key, ReadOnlySpan<byte> file)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Append(mac, "alga compiled code, contents"u8);
        Append(mac, identity.WasmDigest.Span);
        Append(mac, Encoding.UTF8.GetBytes(identity.Engine));
        Append(mac, Encoding.UTF8.GetBytes(identity.Target));
        Append(mac, file[..MacAt]);
        Append(mac, file[ClassAt..]);
        return mac.GetHashAndReset();
    }

    // With its length before it, no part can give bytes to its neighbour.
    private static void Append(IncrementalHash mac, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, part.Length);
        mac.AppendData(length);
        mac.AppendData(part);
    }
}
