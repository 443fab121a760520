using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Secrets.Tests;

public sealed class SecretVaultOptionsTests
{
    private const string Other = "SIGNING_KEY_VAULT_URL";

    [Theory]
    [InlineData(null, "https://one.vault.azure.net/")]
    [InlineData(" ", "https://one.vault.azure.net/")]
    [InlineData("https://two.vault.azure.net/", "https://two.vault.azure.net/")]
    public void A_second_vault_is_the_first_where_it_is_not_set(string? other, string expected)
    {
        var faults = new ConfigurationFaults();
        Assert.Equal(new Uri(expected), Read(other, faults).VaultUrl);
        Assert.Empty(faults.All);
    }

    [Theory]
    [InlineData("http://two.vault.azure.net/")]
    [InlineData("two")]
    public void A_second_vault_is_https_as_well(string other)
    {
        var faults = new ConfigurationFaults();
        Read(other, faults);
        Assert.StartsWith(Other + ":", Assert.Single(faults.All), StringComparison.Ordinal);
    }

    private static SecretVaultOptions Read(string? other, ConfigurationFaults faults)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(Other, other)]).Build();
        return SecretVaultOptions.ReadOther(Other, new SecretVaultOptions(new Uri("https://one.vault.azure.net/"), null), configuration, faults);
    }
}
