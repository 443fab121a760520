using System.Text.Json;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis.Tests;

public class ContextTests
{
    [Fact]
    public void The_guest_sees_who_calls_and_for_whom()
    {
        var context = Invocation.Context() with { Config = [new("a", "b")], User = new UserInfo("u", "e", "n", ["r"]) };
        var info = new ContextCalls(context, Invocation.Deadline(5_000)).GetCurrent();
        Assert.Equal("01936b2e-0000-7000-8000-000000000001", info.RequestId);
        Assert.Equal(Invocation.Acme.ToString(), info.TenantId);
        Assert.Equal(Invocation.Extension, info.ExtensionId);
        Assert.Equal("01936b2e-0000-7000-8000-000000000002", info.InstallId);
        Assert.Equal("1.2.3", info.Version);
        Assert.Same(context.Config, info.Config);
        Assert.Same(context.User, info.User);
        Assert.InRange(info.DeadlineMs, 1, 5_000);
    }

    [Fact]
    public void Settings_that_are_text_stay_and_others_become_json()
    {
        using var json = JsonDocument.Parse("""{"s":"te\"xt","n":1.50,"b":true,"o":{"a":[1]},"z":null}""");
        var config = json.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => property.Value);
        Assert.Equal(
            [new("s", "te\"xt"), new("n", "1.50"), new("b", "true"), new("o", "{\"a\":[1]}"), new("z", "null")],
            ConfigPairs.From(config));
    }
}
