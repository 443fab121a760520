using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Alga.Extensions.Gateway.Resolve;

/// <summary>
/// Who gets a new version during a rollout. The same user of an install gives the same answer on every gateway and at any
/// time; who is in at one share is in at every larger one; and another install splits its users in another way.
/// </summary>
internal static class RolloutSplit
{
    private const int MaxStackBytes = 512;

    /// <summary>Whether a user gets the new version.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="installId">The install.</param>
    /// <param name="user">The user's id; a request without one never gets the new version.</param>
    /// <param name="percent">Share of the users, 0 to 100.</param>
    public static bool Includes(Guid tenantId, Guid installId, string? user, int percent) =>
        percent > 0 && !string.IsNullOrEmpty(user) && (percent >= 100 || Place(tenantId, installId, user) < (ulong)percent * (ulong.MaxValue / 100));

    /// <summary>A user's place among all, uniform over the whole range: the first bytes of a hash.</summary>
    private static ulong Place(Guid tenantId, Guid installId, string user)
    {
        var size = 32 + Encoding.UTF8.GetByteCount(user);
        var bytes = size <= MaxStackBytes ? stackalloc byte[size] : new byte[size];
        tenantId.TryWriteBytes(bytes, bigEndian: true, out _);
        installId.TryWriteBytes(bytes[16..], bigEndian: true, out _);
        Encoding.UTF8.GetBytes(user, bytes[32..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
