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
    private const string RegistryKey = "alga-registry-signing-key";

    private static readonly (string Name, Func<byte[]> Make)[] Keys =
    [
        ("alga-service-token-key", () => RandomNumberGenerator.GetBytes(32)),
        ("alga-compiled-code-key", () => RandomNumberGenerator.GetBytes(32)),
        ("alga-load-report-key", () => RandomNumberGenerator.GetBytes(32)),
        (RegistryKey, MakeSigningKey),
    ];

    /// <summary>Settings with which a component reaches the vault.</summary>
    public Dictionary<string, string?> Environment => new()
    {
        ["KEY_VAULT_URL"] = url,
        ["KEY_VAULT_DEV_THUMBPRINT"] = ReadThumbprint(state),
        ["KEY_VAULT_DEV_TOKEN"] = Token,
    };

    /// <summary>The registry's public key as a trust bundle's entry; there once the keys were made.</summary>
    public string RegistryTrustEntry { get; private set; } = "";

    private string Token => File.ReadAllText(Path.Combine(state.KeyVault, "token"));

    /// <summary>SHA-256 of the vault's certificate, 64 hex digits; null before its first start.</summary>
    public static string? ReadThumbprint(StateFolder state)
    {
        var file = Path.Combine(state.KeyVault, "thumbprint");
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    /// <summary>Makes the keys that are missing, in base64: 32 random bytes each, and a P-256 key (PKCS#8) for the registry.</summary>
    public async Task EnsureKeysAsync(CancellationToken cancellationToken)
    {
        var thumbprint = ReadThumbprint(state);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is not null && certificate.GetCertHashString(HashAlgorithmName.SHA256) == thumbprint;
        using var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        foreach (var (key, make) in Keys)
        {
            var address = new Uri($"{url}/secrets/{key}?api-version=2026-04-01");
            using var found = await client.GetAsync(address, cancellationToken).ConfigureAwait(false);
            if (found.IsSuccessStatusCode)
            {
                if (key == RegistryKey) RegistryTrustEntry = ToTrustEntry(await ReadValueAsync(found, cancellationToken).ConfigureAwait(false));
                continue;
            }

            var value = make();
            if (key == RegistryKey) RegistryTrustEntry = ToTrustEntry(value);
            var body = new JsonObject { ["value"] = Convert.ToBase64String(value) };
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await client.PutAsync(address, content, cancellationToken).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode) throw new ServiceException($"The vault refuses the secret {key}: status {(int)answer.StatusCode}.");
        }
    }

    private static byte[] MakeSigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    private static string ToTrustEntry(byte[] pkcs8)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return $"registry: alga-extensions\n{key.ExportSubjectPublicKeyInfoPem()}\n";
    }

    private static async Task<byte[]> ReadValueAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        return Convert.FromBase64String(body!["value"]!.GetValue<string>());
    }
}
