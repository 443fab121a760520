using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Runner.Http.Tests;

public class RunnerOptionsTests
{
    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var exception = Assert.Throws<ConfigurationException>(() => Read(
            ("RUNNER_URLS", "ftp://x"), ("RUNNER_CONCURRENCY", "0"), ("RUNNER_QUEUE_LENGTH", "many"), ("BUNDLE_STORE_PROVIDER", "gcs"), ("EXT_EGRESS_ALLOWLIST", "a.example.com,https://x")));
        foreach (var name in new[]
        {
            "RUNNER_URLS", "RUNNER_CONCURRENCY", "RUNNER_QUEUE_LENGTH", "EXT_EGRESS_ALLOWLIST", "BUNDLE_STORE_PROVIDER", "BUNDLE_STORE_CONNECTION", "DATABASE_URL", "SIGNING_TRUST_BUNDLE", "KEY_VAULT_URL",
        })
        {
            Assert.Contains(exception.Faults, fault => fault.StartsWith(name + ":", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_trust_bundle_that_does_not_parse_is_a_fault()
    {
        var exception = Assert.Throws<ConfigurationException>(() => Read(("SIGNING_TRUST_BUNDLE", "-----BEGIN NONSENSE-----")));
        Assert.Contains(exception.Faults, fault => fault.StartsWith("SIGNING_TRUST_BUNDLE:", StringComparison.Ordinal));
    }

    private static RunnerOptions Read(params (string Name, string Value)[] settings) =>
        RunnerOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => pair.Name, string? (pair) => pair.Value)).Build());
}
