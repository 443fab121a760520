using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Runner.Http.Tests.Ui;

public sealed class UiOriginTests
{
    private static readonly ContentHash Hash = ContentHash.Of([1]);

    [Theory]
    [InlineData(null)]
    [InlineData("https://ext.example.com")]
    public void Without_a_label_for_each_version_any_host_name_will_do(string? publicBase) =>
        Assert.True(new UiOrigin(publicBase).Admits(new HostString("127.0.0.1", 8080), Hash));

    [Fact]
    public void With_one_a_version_is_served_under_its_own_name_alone()
    {
        var origin = new UiOrigin("https://{hash}.ext.example.com");
        Assert.True(origin.Admits(new HostString(Hash.Hex[..32] + ".ext.example.com"), Hash));
        Assert.True(origin.Admits(new HostString(Hash.Hex[..32].ToUpperInvariant() + ".EXT.example.com", 8443), Hash));
        foreach (var host in new[] { "ext.example.com", Hash.Hex[..31] + "x.ext.example.com", Hash.Hex[..32] + "xext.example.com", Hash.Hex[..32] + ".ext.example.org", ContentHash.Of([2]).Hex[..32] + ".ext.example.com", "" })
        {
            Assert.False(origin.Admits(new HostString(host), Hash), host);
        }
    }
}
