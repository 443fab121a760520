using Alga.Extensions.AlgaExt.Common;
using Xunit.Abstractions;

namespace Alga.Extensions.Cli.Tests.Test;

/// <summary>The samples in other languages, built with their own tools and run on the real gateway and runner.</summary>
public sealed class LanguageSampleTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("c")]
    [InlineData("javascript")]
    [InlineData("wat")]
    public async Task A_sample_is_built_and_passes_its_own_tests(string language)
    {
        var folder = Path.Combine(PlatformRoot.Find()!, "samples", "languages", language);

        var run = await CliRun.RunAsync("test", folder, "--port-base", $"{RealRunnerTests.Platform.PickPortBase()}", "--json");

        output.WriteLine(run.Error);
        output.WriteLine(run.Output);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.All(run.Json.GetProperty("tests").EnumerateArray(), test => Assert.True(test.GetProperty("passed").GetBoolean()));
    }
}
