using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Gateway.Invoke;
using Alga.Extensions.Gateway.Resolve;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Gateway.UiTokens;

/// <summary>
/// Tokens for the pages of extensions: a JWT (RFC 7519) of this gateway's own, good for one user at one install for five minutes, and of
/// no use anywhere else. Its key is derived from the service token key, so that every gateway takes every other's.
/// </summary>
internal sealed class UiTokens(ServiceTokenKeySource keys, TimeProvider time)
{
    /// <summary>How long a token is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string Scheme = "Bearer ";
    private const string Issuer = "alga-gateway";
    private const string Audience = "alga-extension-ui";
    private const int MaxLength = 8 * 1024;

    // There is one header, and nothing else is ever parsed: no token can choose its algorithm.
    private static readonly string HeaderPart = Base64Url.EncodeToString("""{"alg":"HS256","typ":"alga-ui+jwt"}"""u8) + ".";

    private volatile Derived? derived;

    private sealed record Derived(byte[] From, byte[] Key);

    /// <summary>A token for a caller at an install.</summary>
    public async ValueTask<UiToken> IssueAsync(Caller caller, Guid tenantId, Install install, CancellationToken cancellationToken)
    {
        var expires = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        var claims = new UiTokenClaims
        {
            Issuer = Issuer,
            Audience = Audience,
            ExpiresAt = expires.ToUnixTimeSeconds(),
            Subject = caller.Subject,
            Email = caller.Email,
            Name = caller.Name,
            Roles = caller.Roles,
            Source = caller.Issuer,
            TenantId = tenantId,
            InstallId = install.InstallId,
        };
        var input = HeaderPart + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, UiTokenJson.Default.UiTokenClaims));
        return new UiToken { Token = $"{input}.{Sign(await KeyAsync(cancellationToken), input)}", ExpiresAt = expires.UtcDateTime, InstallId = install.InstallId };
    }

    /// <summary>Whether a request carries a token of this kind; what it is worth is another question.</summary>
    public static bool IsCarriedBy(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.Length > Scheme.Length && header.AsSpan(Scheme.Length).StartsWith(HeaderPart, StringComparison.Ordinal)
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The caller and the only install it may call, or <c>unauthenticated</c>.</summary>
    public async ValueTask<Outcome<UiCaller>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var token = request.Headers.Authorization.ToString()[Scheme.Length..];
        var dot = token.LastIndexOf('.');
        if (token.Length > MaxLength || dot < HeaderPart.Length) return Refuse("The page's token is malformed.");
        var expected = Encoding.ASCII.GetBytes(Sign(await KeyAsync(cancellationToken), token[..dot]));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(token[(dot + 1)..]))) return Refuse("The page's token does not verify.");
        // The signature is ours: what follows was written above, or by another version.
        var claims = Parse(token.AsSpan(HeaderPart.Length, dot - HeaderPart.Length));
        if (claims is null || claims.Issuer != Issuer || claims.Audience != Audience) return Refuse("The page's token is not for this gateway.");
        if (claims.ExpiresAt <= time.GetUtcNow().ToUnixTimeSeconds()) return Refuse("The page's token has expired; ask the host application for a new one.");
        return new UiCaller(new Caller(claims.Subject, claims.TenantId, claims.Email, claims.Name, claims.Roles, [], claims.Source), claims.InstallId);
    }

    private static UiTokenClaims? Parse(ReadOnlySpan<char> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(payload), UiTokenJson.Default.UiTokenClaims);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    private async ValueTask<byte[]> KeyAsync(CancellationToken cancellationToken)
    {
        var from = await keys(cancellationToken);
        if (derived is { } known && ReferenceEquals(known.From, from)) return known.Key;
        var fresh = new Derived(from, HKDF.DeriveKey(HashAlgorithmName.SHA256, from, HMACSHA256.HashSizeInBytes, info: "alga extension ui token"u8.ToArray()));
        derived = fresh;
        return fresh.Key;
    }

    private static string Sign(byte[] key, string input) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(input)));

    private static Refusal Refuse(string message) => new(ErrorCode.Unauthenticated, message);
}

/// <summary>Who calls by a page's token.</summary>
/// <param name="Caller">The user that the page was opened for.</param>
/// <param name="InstallId">The only install that the token is good for.</param>
internal sealed record UiCaller(Caller Caller, Guid InstallId);
