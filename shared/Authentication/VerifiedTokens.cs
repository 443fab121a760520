using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Alga.Extensions.Authentication;

/// <summary>A token whose signature and claims were verified.</summary>
/// <param name="Caller">Who it speaks for.</param>
/// <param name="Keys">Its issuer's keys.</param>
/// <param name="KeyId">The key that it names.</param>
/// <param name="Key">The key that it was verified with; good as long as the issuer's keys still hold this very one.</param>
/// <param name="GoodUntil">Its own end.</param>
internal sealed record VerifiedToken(Caller Caller, IssuerKeys Keys, string KeyId, SecurityKey Key, DateTimeOffset GoodUntil);

/// <summary>
/// Remembers verified tokens: a signature costs more than all else of a request, and a client sends the same token again
/// and again. Keyed by the digest of the whole token. Two generations take turns, so that memory is bounded and nothing is
/// swept on a request.
/// </summary>
/// <param name="time">Clock.</param>
/// <param name="capacity">Tokens in each of the two generations, at about 1 KiB each.</param>
internal sealed class VerifiedTokens(TimeProvider time, int capacity = 20_000)
{
    private static readonly TimeSpan Generation = TimeSpan.FromMinutes(10);

    private readonly Lock turning = new();
    private volatile ConcurrentDictionary<Digest, VerifiedToken> current = new();
    private volatile ConcurrentDictionary<Digest, VerifiedToken> previous = new();
    private long currentSince = time.GetTimestamp();

    private readonly record struct Digest(UInt128 High, UInt128 Low);

    /// <summary>The token, if it was verified and has not ended; null otherwise.</summary>
    public VerifiedToken? Find(ReadOnlySpan<char> token)
    {
        if (DigestOf(token) is not { } digest) return null;
        if (!current.TryGetValue(digest, out var known) && !previous.TryGetValue(digest, out known)) return null;
        return time.GetUtcNow() < known.GoodUntil ? known : null;
    }

    /// <summary>Remembers a token.</summary>
    public void Add(ReadOnlySpan<char> token, VerifiedToken verified)
    {
        if (DigestOf(token) is not { } digest) return;
        lock (turning)
        {
            if (current.Count >= capacity || time.GetElapsedTime(currentSince) >= Generation)
            {
                previous = current;
                current = new ConcurrentDictionary<Digest, VerifiedToken>();
                currentSince = time.GetTimestamp();
            }

            current[digest] = verified;
        }
    }

    /// <summary>Null for what is not ASCII, which no JWT is.</summary>
    private static Digest? DigestOf(ReadOnlySpan<char> token)
    {
        var rented = ArrayPool<byte>.Shared.Rent(token.Length);
        try
        {
            if (Ascii.FromUtf16(token, rented, out var length) != OperationStatus.Done) return null;
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(rented.AsSpan(0, length), hash);
            return new Digest(BitConverter.ToUInt128(hash), BitConverter.ToUInt128(hash[16..]));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
