using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Setup.Tests;

public sealed class SetupOptionsTests
{
    private const string Id = "01936b2e-0000-7000-8000-000000000001";

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var exception = Assert.Throws<ConfigurationException>(() => SetupOptions.Read(new ConfigurationBuilder().Build()));

        Assert.Equal(
            ["DATABASE_URL", "KEY_VAULT_URL", "SETUP_GATEWAY_VAULT_URL", "SETUP_LOGINS", "SETUP_SIGNING_VAULT_URL"],
            exception.Faults.Select(fault => fault.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_the_templates_write_is_read()
    {
        var options = Read($"alga_registry=alga-dev-registry:{Id},alga_gateway=alga-dev-gateway:{Id},alga_runner=alga-dev-runner:{Id}");

        Assert.Equal(EntraPrincipal.Roles, options.Logins.Select(login => login.Role));
        Assert.Equal("alga-dev-runner", options.Logins[2].Name);
        Assert.Equal(3, new[] { options.Vault, options.GatewayVault, options.SigningVault }.Select(vault => vault.VaultUrl).Distinct().Count());
    }

    [Theory]
    [InlineData("alga_runner")]
    [InlineData("alga_runner=name")]
    [InlineData("alga_runner=:" + Id)]
    [InlineData("alga_runner=name:1")]
    [InlineData("alga_maintenance=name:" + Id)]
    [InlineData("postgres=name:" + Id)]
    [InlineData("alga_runner=name:more:" + Id)]
    [InlineData("alga_runner=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:" + Id)]
    public void A_login_that_is_none_is_a_fault(string logins) =>
        Assert.StartsWith("SETUP_LOGINS: has the entry", Assert.Single(Assert.Throws<ConfigurationException>(() => Read(logins)).Faults), StringComparison.Ordinal);

    [Fact]
    public void A_vault_without_tls_is_a_fault() => Assert.StartsWith(
        "SETUP_SIGNING_VAULT_URL: is not https",
        Assert.Single(Assert.Throws<ConfigurationException>(() => Read($"alga_registry=name:{Id}", "http://three.vault.azure.net/")).Faults),
        StringComparison.Ordinal);

    private static SetupOptions Read(string logins, string signingVault = "https://three.vault.azure.net/") => SetupOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["DATABASE_URL"] = "Host=h;Database=d;Username=u",
        ["KEY_VAULT_URL"] = "https://one.vault.azure.net/",
        ["SETUP_GATEWAY_VAULT_URL"] = "https://two.vault.azure.net/",
        ["SETUP_SIGNING_VAULT_URL"] = signingVault,
        ["SETUP_LOGINS"] = logins,
    }).Build());
}
