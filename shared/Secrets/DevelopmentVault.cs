using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;

namespace Alga.Extensions.Secrets;

/// <summary>
/// A vault on the developer's machine: one pinned self-signed certificate in place of a trusted one, and a fixed token
/// in place of an identity. <see cref="SecretVaultOptions.Read"/> allows it in development only.
/// </summary>
internal static class DevelopmentVault
{
    public static SecretClient CreateClient(Uri url, string thumbprint, string token)
    {
        var expected = Convert.FromHexString(thumbprint);
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is X509Certificate2 presented
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(presented.RawDataMemory.Span), expected);

        var options = new SecretClientOptions { Transport = new HttpClientTransport(new HttpClient(handler)), DisableChallengeResourceVerification = true };
        SecretVault.Tune(options);
        return new SecretClient(url, new FixedCredential(token), options);
    }

    private sealed class FixedCredential(string value) : TokenCredential
    {
        private readonly AccessToken token = new(value, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => token;

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token);
    }
}
