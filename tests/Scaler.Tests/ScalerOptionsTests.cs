using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Scaler.Tests;

public sealed class ScalerOptionsTests
{
    [Fact]
    public void All_faults_are_told_at_once()
    {
        var exception = Assert.Throws<ConfigurationException>(() => Read(("SCALER_GRPC_PORT", "70000"), ("SCALER_REPORT_PORT", "x")));

        Assert.Equal(
            ["KEY_VAULT_URL", "SCALER_GRPC_PORT", "SCALER_REPORT_PORT", "SCALER_TLS_FOLDER"],
            exception.Faults.Select(fault => fault.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_TLS_is_for_development_only()
    {
        Assert.Throws<ConfigurationException>(() => Read(("KEY_VAULT_URL", "https://vault.example/")));
        Assert.Null(Read(("KEY_VAULT_URL", "https://vault.example/"), ("ALGA_ENVIRONMENT", "Development")).TlsFolder);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_fault()
    {
        var exception = Assert.Throws<ConfigurationException>(() => Read(("KEY_VAULT_URL", "https://vault.example/"), ("SCALER_TLS_FOLDER", "/nowhere/at/all")));

        Assert.StartsWith("SCALER_TLS_FOLDER: is no folder", Assert.Single(exception.Faults), StringComparison.Ordinal);
    }

    private static ScalerOptions Read(params (string Name, string Value)[] variables) => ScalerOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(variables.Select(variable => KeyValuePair.Create(variable.Name, (string?)variable.Value))).Build());
}
