using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.ServiceTokens;

/// <summary>Checks a token against the bytes it came with. Thread-safe. Single use is <see cref="ReplayGuard"/>'s job.</summary>
public sealed class ServiceTokenVerifier(ServiceTokenKey key, TimeProvider time)
{
    /// <summary>The claims, or <see cref="ErrorCode.Unauthenticated"/>.</summary>
    /// <param name="token">The compact form, without <c>Bearer</c>; empty where there is none.</param>
    /// <param name="body">The execute request exactly as it was received.</param>
    public Outcome<ServiceTokenClaims> Verify(ReadOnlySpan<char> token, ReadOnlySpan<byte> body) =>
        !Verify(token).TryGet(out var claims, out var refusal) ? refusal : FindFault(claims, body) is { } fault ? fault : claims;

    /// <summary>The claims, or <see cref="ErrorCode.Unauthenticated"/>: who sends no valid token need not be listened to. Its body remains to be judged by <see cref="FindFault(ServiceTokenClaims, ReadOnlySpan{byte})"/>.</summary>
    /// <param name="token">The compact form, without <c>Bearer</c>; empty where there is none.</param>
    public Outcome<ServiceTokenClaims> Verify(ReadOnlySpan<char> token)
    {
        if (token.IsEmpty) return Refuse("A service token is missing.");
        if (token.Length > ServiceToken.MaxLength) return Refuse("The service token is too long.");
        if (!token.StartsWith(ServiceToken.HeaderPart, StringComparison.Ordinal)) return Refuse("This is not a service token.");

        var dot = token.LastIndexOf('.');
        if (dot < ServiceToken.HeaderPart.Length || token.Length - dot - 1 != ServiceToken.SignatureLength) return Refuse("The service token is malformed.");
        if (!SignatureMatches(token, dot)) return Refuse("The service token's signature does not verify.");

        var claims = Parse(token[ServiceToken.HeaderPart.Length..dot]);
        if (claims is null) return Refuse("The service token's claims are malformed.");
        return FindFault(claims) is { } refusal ? refusal : claims;
    }

    /// <summary>
    /// Why a body does not come in by a token that verified; null when it does. The token must still be good: one is remembered as used
    /// for as long as it is, and a body that is sent slowly arrives later.
    /// </summary>
    /// <param name="claims">Claims of a token that verified.</param>
    /// <param name="body">The execute request exactly as it was received.</param>
    public Refusal? FindFault(ServiceTokenClaims claims, ReadOnlySpan<byte> body)
    {
        if (FindFault(claims) is { } fault) return fault;
        Span<char> hash = stackalloc char[ServiceToken.HashLength];
        ServiceToken.HashBody(body, hash);
        return hash.SequenceEqual(claims.BodyHash) ? null : Refuse("The service token belongs to another body.");
    }

    /// <summary>Compares the encoded texts, so that there is exactly one valid spelling of a token.</summary>
    private bool SignatureMatches(ReadOnlySpan<char> token, int dot)
    {
        Span<char> expected = stackalloc char[ServiceToken.SignatureLength];
        ServiceToken.Sign(key, token[..dot], expected);
        return CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(expected), MemoryMarshal.AsBytes(token[(dot + 1)..]));
    }

    private static ServiceTokenClaims? Parse(ReadOnlySpan<char> payload)
    {
        var json = ArrayPool<byte>.Shared.Rent(Base64Url.GetMaxDecodedLength(payload.Length));
        try
        {
            return Base64Url.TryDecodeFromChars(payload, json, out var length)
                ? ServiceTokenClaimsReader.Read(json.AsSpan(0, length))
                : null;
        }
        catch (JsonException)
        {
            // The signature is ours, the claims are not: a token of a version this one does not know.
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(json);
        }
    }

    private const long LifetimeSeconds = 60;

    private Refusal? FindFault(ServiceTokenClaims claims)
    {
        if (claims.Issuer != ServiceToken.Issuer) return Refuse("The service token has another issuer.");
        if (claims.Audience != ServiceToken.Audience) return Refuse("The service token is for another audience.");

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var skew = (long)ServiceToken.ClockSkew.TotalSeconds;
        if (claims.ExpiresAt - claims.IssuedAt is <= 0 or > LifetimeSeconds) return Refuse("The service token's lifetime is not allowed.");
        if (now - skew >= claims.ExpiresAt) return Refuse("The service token has expired.");
        if (now + skew < claims.IssuedAt) return Refuse("The service token is from the future.");
        if (claims.TenantId == Guid.Empty || claims.RequestId == Guid.Empty) return Refuse("The service token names no tenant or request.");
        return AreKnown(claims.Capabilities) ? null : Refuse("The service token grants an unknown capability.");
    }

    private static bool AreKnown(IReadOnlyList<string> capabilities)
    {
        for (var i = 0; i < capabilities.Count; i++)
        {
            if (!Capability.All.Contains(capabilities[i])) return false;
        }

        return true;
    }

    private static Refusal Refuse(string message) => new(ErrorCode.Unauthenticated, message);
}
