using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis.Tests;

public class DeniedApisTests
{
    [Fact]
    public void Fetch_is_denied()
    {
        Assert.False(HttpCalls.Instance.Fetch(new OutgoingRequest("GET", "https://example.com/", [], default, null)).TryGet(out _, out var error));
        Assert.Equal(HttpErrorKind.Denied, error.Kind);
    }

    [Fact]
    public void Secrets_are_denied()
    {
        Assert.False(SecretsCalls.Instance.Get("name").TryGet(out _, out var one));
        Assert.False(SecretsCalls.Instance.GetNames().TryGet(out _, out var all));
        Assert.Equal([SecretsErrorKind.Denied, SecretsErrorKind.Denied], [one.Kind, all.Kind]);
    }
}
