using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Alga.Extensions.Contracts.Execution;

namespace Alga.Extensions.ServiceTokens;

/// <summary>Makes the token for one execute request. Thread-safe.</summary>
public sealed class ServiceTokenIssuer(ServiceTokenKey key, TimeProvider time)
{
    private static readonly byte[] Scheme = "Bearer "u8.ToArray();
    private static readonly byte[] HeaderPart = Encoding.ASCII.GetBytes(ServiceToken.HeaderPart);

    /// <summary>A token for this request and for no other bytes than these.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="body">The same as it will be sent, byte for byte.</param>
    public string Issue(ExecuteRequest request, ReadOnlySpan<byte> body) => Issue([], request, body);

    /// <summary>The same as the value of an <c>Authorization</c> header.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="body">The same as it will be sent, byte for byte.</param>
    public string IssueHeader(ExecuteRequest request, ReadOnlySpan<byte> body) => Issue(Scheme, request, body);

    private string Issue(ReadOnlySpan<byte> scheme, ExecuteRequest request, ReadOnlySpan<byte> body)
    {
        var issuedAt = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new ServiceTokenClaims
        {
            Issuer = ServiceToken.Issuer,
            Audience = ServiceToken.Audience,
            IssuedAt = issuedAt,
            ExpiresAt = issuedAt + (long)ServiceToken.Lifetime.TotalSeconds,
            RequestId = request.Context.RequestId,
            TenantId = request.Context.TenantId,
            InstallId = request.Context.InstallId,
            ExtensionId = request.Context.ExtensionId,
            VersionId = request.Context.VersionId,
            ContentHash = request.Context.ContentHash,
            Capabilities = [.. request.Providers.Select(Capabilities.FromProvider)],
            Egress = request.Egress.Count == 0 ? null : request.Egress,
            Secrets = request.Secrets.Count == 0 ? null : [.. request.Secrets.Select(secret => new SecretClaim(secret.Name, secret.MaxAgeDays))],
            Method = request.Http.Method,
            Path = request.Http.Path,
            BodyHash = ServiceToken.HashBody(body),
        };
        return Sign(scheme, JsonSerializer.SerializeToUtf8Bytes(claims, ServiceTokenJson.Default.ServiceTokenClaims));
    }

    /// <summary>Scheme, header, payload and signature: bytes until the end, since every call of an extension takes one.</summary>
    private string Sign(ReadOnlySpan<byte> scheme, ReadOnlySpan<byte> payload)
    {
        var inputLength = HeaderPart.Length + Base64Url.GetEncodedLength(payload.Length);
        var length = scheme.Length + inputLength + 1 + ServiceToken.SignatureLength;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        var text = rented.AsSpan(0, length);
        scheme.CopyTo(text);
        var input = text.Slice(scheme.Length, inputLength);
        HeaderPart.CopyTo(input);
        Base64Url.EncodeToUtf8(payload, input[HeaderPart.Length..]);
        text[scheme.Length + inputLength] = (byte)'.';
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        key.Mac(input, mac);
        Base64Url.EncodeToUtf8(mac, text[(scheme.Length + inputLength + 1)..]);
        var token = Encoding.ASCII.GetString(text);
        ArrayPool<byte>.Shared.Return(rented);
        return token;
    }
}
