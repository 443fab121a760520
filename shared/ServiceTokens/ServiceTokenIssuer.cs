using System.Buffers.Text;
using System.Text.Json;
using Alga.Extensions.Contracts.Execution;

namespace Alga.Extensions.ServiceTokens;

/// <summary>Makes the token for one execute request. Thread-safe.</summary>
public sealed class ServiceTokenIssuer(ServiceTokenKey key, TimeProvider time)
{
    /// <summary>A token for this request and for no other bytes than these.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="body">The same as it will be sent, byte for byte.</param>
    public string Issue(ExecuteRequest request, ReadOnlySpan<byte> body)
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
        var payload = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, ServiceTokenJson.Default.ServiceTokenClaims));
        var signingInput = ServiceToken.HeaderPart + payload;
        Span<char> signature = stackalloc char[ServiceToken.SignatureLength];
        ServiceToken.Sign(key, signingInput, signature);
        return $"{signingInput}.{signature}";
    }
}
