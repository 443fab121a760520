using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Gateway;
using Alga.Extensions.Registry;
using Alga.Extensions.Runner.Http;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Infrastructure.Tests.Bicep;

/// <summary>Templates set the variables that services read, held against the code that reads them.</summary>
public sealed class VariableTests
{
    // What the Functions host, the Azure SDK and OpenTelemetry read, of which our code knows nothing.
    private static readonly string[] PlatformPrefixes = ["AzureWebJobsStorage__", "APPLICATIONINSIGHTS_", "AZURE_CLIENT_ID"];

    // Values that only a deployment knows.
    private static readonly Dictionary<string, string> AtRunTime = new(StringComparer.Ordinal)
    {
        ["DATABASE_URL"] = "Host=db.postgres.database.azure.com;Database=alga;SSL Mode=VerifyFull;Username=alga-dev-login",
        ["BUNDLE_STORE_CONNECTION"] = "https://bundles.blob.core.windows.net/",
        ["KEY_VAULT_URL"] = "https://vault.vault.azure.net/",
        ["SIGNING_KEY_VAULT_URL"] = "https://signing.vault.azure.net/",
        ["RUNNER_BASE_URL"] = "https://runner.example.azurecontainerapps.io",
    };

    private static readonly Dictionary<string, Action<IConfiguration>> Readers = new(StringComparer.Ordinal)
    {
        ["registry"] = configuration => RegistryOptions.Read(configuration),
        ["gateway"] = configuration => GatewayOptions.Read(configuration),
        ["runner"] = configuration => RunnerOptions.Read(configuration),
    };

    public static TheoryData<string, string> Services
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var environment in Snapshot.Environments)
            {
                foreach (var service in Readers.Keys.Where(service => !(service == "runner" && environment == "kubernetes"))) rows.Add(environment, service);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_starts_with_the_variables_that_it_is_given(string environment, string service)
    {
        var variables = Snapshot.Of(environment).VariablesOf(service);

        Assert.NotEmpty(variables);
        Readers[service](new RecordingConfiguration(variables.ToDictionary(pair => pair.Key, pair => Resolve(pair.Key, pair.Value), StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Each_required_variable_is_set(string environment, string service)
    {
        var variables = Snapshot.Of(environment).VariablesOf(service);
        var required = Assert.Throws<ConfigurationException>(() => Readers[service](new RecordingConfiguration([]))).Faults
            .Select(fault => fault.Split(':')[0]).ToList();

        Assert.NotEmpty(required);
        Assert.Empty(required.Except(variables.Keys, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void No_variable_is_set_that_nobody_reads(string environment, string service)
    {
        var variables = Snapshot.Of(environment).VariablesOf(service);
        var configuration = new RecordingConfiguration(variables.ToDictionary(pair => pair.Key, pair => Resolve(pair.Key, pair.Value), StringComparer.Ordinal));
        Readers[service](configuration);

        Assert.Empty(variables.Keys
            .Where(name => !PlatformPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            .Except(configuration.Asked, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_logs_in_to_the_database_as_itself(string environment, string service)
    {
        var url = Snapshot.Of(environment).VariablesOf(service)["DATABASE_URL"];

        Assert.EndsWith($"-{service}')]", url, StringComparison.Ordinal);
        Assert.Contains("SSL Mode=VerifyFull", url, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", url, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_gateway_lets_pages_of_the_named_origins_call_it_and_of_no_others_where_none_is_named()
    {
        Assert.Equal("https://app.example.com", Snapshot.Of("prod").VariablesOf("gateway")["EXT_GATEWAY_CORS_ORIGINS"]);
        Assert.DoesNotContain("EXT_GATEWAY_CORS_ORIGINS", Snapshot.Of("dev").VariablesOf("gateway").Keys);
    }

    private static string Resolve(string name, string value) => value.StartsWith('[')
        ? AtRunTime.GetValueOrDefault(name, "known at run time")
        : value;
}
