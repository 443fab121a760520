using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Alga.Extensions.ServiceTokens;

/// <summary>
/// The compact JWS (RFC 7515) with which the gateway speaks to the runner. Its header is one constant that must match
/// byte for byte, so a message has no say in algorithm, type or key, and no other token can stand in for it.
/// </summary>
public static class ServiceToken
{
    public const string Issuer = "alga-gateway";

    public const string Audience = "alga-runner";

    /// <summary>How long a token is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>How far the clocks of gateway and runner may be apart.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>Longest token that is looked at, in characters: a path, 50 hosts and 50 secrets at their longest fit in.</summary>
    public const int MaxLength = 56 * 1024;

    /// <summary>Length of a base64url HMAC-SHA-256, in characters.</summary>
    internal const int SignatureLength = 43;

    /// <summary>Length of a base64url SHA-256, in characters.</summary>
    internal const int HashLength = 43;

    /// <summary>The encoded header and its dot.</summary>
    internal static readonly string HeaderPart =
        Base64Url.EncodeToString("""{"alg":"HS256","typ":"alga-service+jwt"}"""u8) + ".";

    /// <summary>Encoded signature over an encoded header and payload.</summary>
    /// <param name="key">The key.</param>
    /// <param name="signingInput">Header, dot and payload.</param>
    /// <param name="signature">Receives <see cref="SignatureLength"/> characters.</param>
    internal static void Sign(ServiceTokenKey key, ReadOnlySpan<char> signingInput, Span<char> signature)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var input = ArrayPool<byte>.Shared.Rent(signingInput.Length);
        key.Mac(input.AsSpan(0, Encoding.ASCII.GetBytes(signingInput, input)), mac);
        ArrayPool<byte>.Shared.Return(input);
        Base64Url.EncodeToChars(mac, signature);
    }

    /// <summary>Base64url SHA-256 of an execute request's bytes.</summary>
    internal static string HashBody(ReadOnlySpan<byte> body) =>
        string.Create(HashLength, body, static (text, body) => HashBody(body, text));

    /// <summary>The same without a text of its own.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="hash">Receives <see cref="HashLength"/> characters.</param>
    internal static void HashBody(ReadOnlySpan<byte> body, Span<char> hash)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, digest);
        Base64Url.EncodeToChars(digest, hash);
    }
}
