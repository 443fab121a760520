using Alga.Extensions.EndToEnd.Tests.Support;

namespace Alga.Extensions.EndToEnd.Tests.Requests;

/// <summary>Host APIs from the command line and the registry to a guest in TypeScript.</summary>
[Collection(PlatformCollection.Name)]
public sealed class HostApiTests(PlatformFixture platform)
{
    private const string Canary = "canary-5f1c-token";

    [Fact]
    public async Task A_secret_reaches_the_guest_and_nothing_that_the_platform_writes_down()
    {
        var file = Path.Combine(platform.Work, "token.txt");
        await File.WriteAllTextAsync(file, Canary + "\n");
        await Cli.DoAsync(platform, "secret", "set", PlatformFixture.Hostile, "token", "--file", file, "--token-file", platform.TokenFile("ada"));
        File.Delete(file);
        var listed = await Cli.RunAsync(platform, "secret", "list", PlatformFixture.Hostile, "--token-file", platform.TokenFile("ada"));
        Assert.Contains("\"valid\"", listed.Output, StringComparison.Ordinal);

        var answer = await GetAsync("/secret");

        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(Canary.Length, answer.Json.GetProperty("length").GetInt32());
        Assert.Equal("token", Assert.Single(answer.Json.GetProperty("names").EnumerateArray()).GetString());
        foreach (var log in Directory.EnumerateFiles(platform.State, "*.log", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            Assert.DoesNotContain("canary-5f1c", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_secret_that_the_version_does_not_declare_is_refused()
    {
        var file = Path.Combine(platform.Work, "other.txt");
        await File.WriteAllTextAsync(file, "value");
        var run = await Cli.RunAsync(platform, "secret", "set", PlatformFixture.Hostile, "undeclared", "--file", file, "--token-file", platform.TokenFile("ada"));
        Assert.Equal("invalid_request", run.Code);
    }

    [Fact]
    public async Task A_granted_host_that_does_not_exist_is_unreachable_to_the_guest()
    {
        var answer = await GetAsync("/unreachable");
        Assert.True(answer.Status == 200, answer.Text);
        // Without a secret the request does not go out at all, whichever test comes first.
        Assert.Contains(answer.Json.GetProperty("code").GetString(), new[] { "unreachable", "invalid" });
    }

    private Task<GatewayAnswer> GetAsync(string path) => platform.Gateway.GetAsync(PlatformFixture.Hostile, path, platform.Token("ada"));
}
