using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Authentication.Tests;

public class AuthenticationOptionsTests
{
    private static (AuthenticationOptions Options, IReadOnlyList<string> Faults) Read(params (string Name, string Value)[] settings)
    {
        var faults = new ConfigurationFaults();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
        return (AuthenticationOptions.Read(configuration, faults), faults.All);
    }

    [Fact]
    public void Several_issuers_are_read()
    {
        var (options, faults) = Read(("AUTH_ISSUERS", "https://a.example/x, https://b.example,https://b.example"), ("AUTH_AUDIENCE", "mine"));
        Assert.Empty(faults);
        Assert.Equal(["https://a.example/x", "https://b.example"], options.Issuers);
        Assert.Equal("mine", options.Audience);
    }

    [Fact]
    public void The_audience_has_a_default() => Assert.Equal("alga-extensions", Read(("AUTH_ISSUERS", "https://a.example")).Options.Audience);

    [Theory]
    [InlineData("http://127.0.0.1:7073", "Development", true)]
    [InlineData("http://localhost:7073", "Development", true)]
    [InlineData("http://127.0.0.1:7073", "Production", false)]
    [InlineData("http://issuer.example", "Development", false)]
    [InlineData("http://127.0.0.1.evil.example", "Development", false)]
    [InlineData("issuer", "Development", false)]
    [InlineData("", "Development", false)]
    [InlineData("https://a.example,http://b.example", "Development", false)]
    public void Plain_http_is_for_this_machine_in_development(string issuers, string environment, bool accepted) =>
        Assert.Equal(accepted, Read(("AUTH_ISSUERS", issuers), ("ALGA_ENVIRONMENT", environment)).Faults.Count == 0);
}
