using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Resolve;
using Alga.Extensions.Manifest;

namespace Alga.Extensions.Gateway.Tests;

public class ResolvedInstallTests
{
    private static readonly string[] Declared = ["a.example.com", "*.example.org"];

    [Fact]
    public void Hosts_are_those_that_are_both_granted_and_declared() =>
        Assert.Equal(["a.example.com"], Resolve(["http.fetch"], ["a.example.com", "b.example.com"]).Egress);

    [Fact]
    public void Nothing_granted_or_nothing_declared_means_no_host()
    {
        Assert.Empty(Resolve(["http.fetch"], []).Egress);
        Assert.Empty(Resolve(["http.fetch"], Declared, declared: []).Egress);
    }

    [Fact]
    public void Without_the_capability_there_are_no_hosts_and_no_secrets()
    {
        Assert.Empty(Resolve(["secrets.get"], Declared).Egress);
        Assert.Empty(Resolve(["http.fetch"], Declared).Secrets);
        Assert.Equal([new ExecuteSecret("api-key", 90)], Resolve(["secrets.get"], []).Secrets);
    }

    private static ResolvedInstall Resolve(string[] capabilities, string[] granted, string[]? declared = null)
    {
        Assert.True(ContentHash.TryParse("sha256:" + new string('a', 64), out var hash));
        return new ResolvedInstall(
            new Install(Guid.Empty, "com.acme.reports", Guid.Empty, "1.0.0", hash, true, capabilities, granted, new Dictionary<string, JsonElement>()),
            new CompiledVersion(EndpointTable.Build([]), new ManifestLimits(null, null), ["http.fetch", "secrets.get"], declared ?? Declared, [new ExecuteSecret("api-key", 90)]));
    }
}
