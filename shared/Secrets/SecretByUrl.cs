using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;
using Alga.Extensions.Contracts.Configuration;

namespace Alga.Extensions.Secrets;

/// <summary>One secret of a vault, named by its identifier, read once by whoever is signed in on this machine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; null for the newest.</param>
/// <param name="Vault">The vault.</param>
public sealed record SecretByUrl(string Name, string? Version, SecretVaultOptions Vault)
{
    /// <summary>How an identifier is written.</summary>
    public const string Form = "https://NAME.vault.azure.net/secrets/SECRET, with or without a version behind it";

    /// <summary>Whether a text is meant as an identifier, rightly written or not.</summary>
    public static bool IsMeant(string text) => text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an identifier; false for anything that is not https, or has more to it.</summary>
    /// <param name="text">The identifier.</param>
    /// <param name="configuration">Where the development vault's thumbprint and token are, on a developer's machine.</param>
    /// <param name="secret">What it names.</param>
    /// <exception cref="ConfigurationException">The settings of the development vault are wrong.</exception>
    public static bool TryParse(string text, IConfiguration configuration, [NotNullWhen(true)] out SecretByUrl? secret)
    {
        secret = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0) return false;
        if (!KeyVaultSecretIdentifier.TryCreate(uri, out var identifier) || uri.Segments is not ["/", "secrets/", ..]) return false;
        var settings = new ConfigurationBuilder()
            .AddConfiguration(configuration)
            .AddInMemoryCollection([new(SecretVaultOptions.VaultUrlVariable, identifier.VaultUri.AbsoluteUri)])
            .Build();
        var faults = new ConfigurationFaults();
        var vault = SecretVaultOptions.Read(settings, faults);
        faults.ThrowIfAny();
        secret = new SecretByUrl(identifier.Name, string.IsNullOrEmpty(identifier.Version) ? null : identifier.Version, vault);
        return true;
    }

    /// <summary>Its text.</summary>
    /// <exception cref="SecretUnavailableException">It is not there, not for this person, or the vault does not answer; the message says what to do.</exception>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await SecretVault.CreateClient(Vault).GetSecretAsync(Name, Version, cancellationToken).ConfigureAwait(false)).Value.Value;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            throw new SecretUnavailableException($"{Vault.VaultUrl} has no secret {Name}; 'az keyvault secret set --file key.pem' puts one there.", exception);
        }
        catch (RequestFailedException exception) when (exception.Status is 401 or 403)
        {
            throw new SecretUnavailableException($"You may not read secret {Name} of {Vault.VaultUrl}; the role is 'Key Vault Secrets User'.", exception);
        }
        catch (AuthenticationFailedException exception)
        {
            throw new SecretUnavailableException("Nobody is signed in to Azure here; run 'az login', or give the machine an identity.", exception);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException)
        {
            throw new SecretUnavailableException($"{Vault.VaultUrl} cannot be reached.", exception);
        }
    }
}
