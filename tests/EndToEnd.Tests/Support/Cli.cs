using System.Text.Json;
using Alga.Extensions.Services;
using Alga.Extensions.Services.Dotnet;

namespace Alga.Extensions.EndToEnd.Tests.Support;

/// <summary>One run of <c>alga-ext</c> against a running platform.</summary>
internal sealed record Cli(int ExitCode, string Output)
{
    /// <summary>Code of the refusal, or <c>ok</c>.</summary>
    public string Code => ExitCode == 0 ? "ok" : JsonDocument.Parse(Output).RootElement.GetProperty("error").GetProperty("code").GetString()!;

    public static async Task<Cli> RunAsync(PlatformFixture platform, params string[] arguments)
    {
        var environment = new Dictionary<string, string?> { ["ALGA_REGISTRY_URL"] = platform.RegistryUrl };
        var result = await OneShot.RunAsync(DotnetHost.Path, [Built.Cli, .. arguments, "--json"], platform.Work, environment, CancellationToken.None);
        return new Cli(result.ExitCode, result.Output.Length > 0 ? result.Output : result.Error);
    }

    /// <summary>Runs a command that must work.</summary>
    public static async Task DoAsync(PlatformFixture platform, params string[] arguments)
    {
        var run = await RunAsync(platform, arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.Output}");
    }
}
