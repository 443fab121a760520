using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Secrets;

/// <summary>Where the platform's secrets are.</summary>
/// <param name="VaultUrl">The vault; always https.</param>
/// <param name="DevelopmentThumbprint">SHA-256 of the one certificate that is trusted, 64 hex digits; null in production.</param>
/// <param name="DevelopmentToken">The access token that the development vault wants; of no use in production.</param>
public sealed record SecretVaultOptions(Uri VaultUrl, string? DevelopmentThumbprint, string DevelopmentToken = "development")
{
    public const string VaultUrlVariable = "KEY_VAULT_URL";
    public const string ThumbprintVariable = "KEY_VAULT_DEV_THUMBPRINT";

    public const string TokenVariable = "KEY_VAULT_DEV_TOKEN";

    private const string Expected = "the vault's https URL, such as https://name.vault.azure.net/";

    /// <summary>Reads and checks the settings.</summary>
    public static SecretVaultOptions Read(IConfiguration configuration, ConfigurationFaults faults)
    {
        var url = ReadUrl(VaultUrlVariable, configuration, faults);
        var thumbprint = configuration[ThumbprintVariable]?.Trim();
        if (string.IsNullOrEmpty(thumbprint)) return new SecretVaultOptions(url, null);

        if (configuration["ALGA_ENVIRONMENT"] != "Development") faults.Add(ThumbprintVariable, "is for ALGA_ENVIRONMENT=Development only; remove it");
        if (thumbprint.Length != 64 || !thumbprint.All(char.IsAsciiHexDigit)) faults.Add(ThumbprintVariable, "is not the SHA-256 of a certificate; write 64 hex digits");
        var token = configuration[TokenVariable]?.Trim();
        return string.IsNullOrEmpty(token) ? new SecretVaultOptions(url, thumbprint) : new SecretVaultOptions(url, thumbprint, token);
    }

    /// <summary>A second vault that is reached in the same way; the first one where the variable is not set.</summary>
    public static SecretVaultOptions ReadOther(string variable, SecretVaultOptions first, IConfiguration configuration, ConfigurationFaults faults) =>
        string.IsNullOrWhiteSpace(configuration[variable]) ? first : first with { VaultUrl = ReadUrl(variable, configuration, faults) };

    private static Uri ReadUrl(string variable, IConfiguration configuration, ConfigurationFaults faults)
    {
        var before = faults.All.Count;
        var url = faults.Url(variable, configuration[variable], Expected);
        if (faults.All.Count == before && url.Scheme != Uri.UriSchemeHttps) faults.Add(variable, $"is not https; write {Expected}");
        return url;
    }
}
