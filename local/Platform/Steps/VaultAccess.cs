using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Services;

namespace Alga.Extensions.Platform.Steps;

/// <summary>The platform's keys in the development vault, made at the first start.</summary>
internal sealed class VaultAccess(string url, StateFolder state)
{
    private static readonly string[] Keys = ["alga-service-token-key", "alga-compiled-code-key", "alga-load-report-key"];

    /// <summary>Settings with which a component reaches the vault.</summary>
    public Dictionary<string, string?> Environment => new()
    {
        ["KEY_VAULT_URL"] = url,
        ["KEY_VAULT_DEV_THUMBPRINT"] = ReadThumbprint(state),
        ["KEY_VAULT_DEV_TOKEN"] = Token,
    };

    private string Token => File.ReadAllText(Path.Combine(state.KeyVault, "token"));

    /// <summary>SHA-256 of the vault's certificate, 64 hex digits; null before its first start.</summary>
    public static string? ReadThumbprint(StateFolder state)
    {
        var file = Path.Combine(state.KeyVault, "thumbprint");
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    /// <summary>Makes the keys that are missing, each of 32 random bytes in base64.</summary>
    public async Task EnsureKeysAsync(CancellationToken cancellationToken)
    {
        var thumbprint = ReadThumbprint(state);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is not null && certificate.GetCertHashString(HashAlgorithmName.SHA256) == thumbprint;
        using var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        foreach (var key in Keys)
        {
            var address = new Uri($"{url}/secrets/{key}?api-version=2026-04-01");
            using var found = await client.GetAsync(address, cancellationToken).ConfigureAwait(false);
            if (found.IsSuccessStatusCode) continue;
            var body = new JsonObject { ["value"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) };
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await client.PutAsync(address, content, cancellationToken).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode) throw new ServiceException($"The vault refuses the secret {key}: status {(int)answer.StatusCode}.");
        }
    }
}
