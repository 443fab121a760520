namespace Alga.Extensions.Runner.HostApis.Tests;

public class EgressPolicyTests
{
    [Theory]
    [InlineData("api.example.com", "api.example.com", true)]
    [InlineData("api.example.com", "www.example.com", false)]
    [InlineData("api.example.com", "a.api.example.com", false)]
    [InlineData("*.example.com", "api.example.com", true)]
    [InlineData("*.example.com", "a.b.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "evilexample.com", false)]
    [InlineData("*.example.com", ".example.com", false)]
    public void A_pattern_lets_its_host_through_and_no_other(string pattern, string host, bool allowed)
    {
        Assert.Equal(allowed, new EgressPolicy(null).FindDenial([pattern], host) is null);
        Assert.Equal(allowed, new EgressPolicy([pattern]).FindDenial([host], host) is null);
    }

    [Fact]
    public void An_empty_list_allows_nothing()
    {
        Assert.Contains("Add \"a.example\" to \"egress\" in manifest.json", new EgressPolicy(null).FindDenial([], "a.example"), StringComparison.Ordinal);
        Assert.Contains("EXT_EGRESS_ALLOWLIST", new EgressPolicy([]).FindDenial(["a.example"], "a.example"), StringComparison.Ordinal);
    }
}
