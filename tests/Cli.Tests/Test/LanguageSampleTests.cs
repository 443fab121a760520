using System.Globalization;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.Services;
using Xunit.Abstractions;

namespace Alga.Extensions.Cli.Tests.Test;

/// <summary>The samples in other languages, as <c>npm run build --prefix samples/languages</c> built them.</summary>
public sealed class LanguageSampleTests(ITestOutputHelper output)
{
    /// <summary>The one in JavaScript takes the compiler longer than a busy machine may give it, so it runs in <c>Runner.Engine.Tests</c>, without a clock.</summary>
    [Theory]
    [InlineData("c")]
    [InlineData("wat")]
    public async Task A_sample_passes_its_own_tests_on_the_real_gateway_and_runner(string language)
    {
        var portBase = LoopbackPort.PickFreeRow(10).ToString(CultureInfo.InvariantCulture);

        var run = await RunAsync("test", FolderOf(language), "--no-build", "--port-base", portBase, "--json");

        Assert.NotEqual(0, run.Json.GetProperty("tests").GetArrayLength());
        Assert.All(run.Json.GetProperty("tests").EnumerateArray(), test => Assert.True(test.GetProperty("passed").GetBoolean()));
    }

    [Theory]
    [InlineData("c")]
    [InlineData("javascript")]
    [InlineData("wat")]
    public Task The_registry_would_refuse_nothing_of_a_sample(string language) => RunAsync("build", FolderOf(language), "--check-only", "--json");

    private static string FolderOf(string language) => Path.Combine(PlatformRoot.Find()!, "samples", "languages", language);

    private async Task<CliRun> RunAsync(params string[] arguments)
    {
        var run = await CliRun.RunAsync(arguments);
        output.WriteLine(run.Error);
        output.WriteLine(run.Output);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        return run;
    }
}
