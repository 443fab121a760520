using System.Text.RegularExpressions;
using Alga.Extensions.EndToEnd.Tests.Support;
using Alga.Extensions.Services;

namespace Alga.Extensions.EndToEnd.Tests.QuickStart;

/// <summary>The commands of <c>docs/quick-start.md</c>, taken from the page.</summary>
[Collection(PlatformCollection.Name)]
public sealed partial class QuickStartTests(PlatformFixture platform) : IDisposable
{
    /// <summary>Inside of the repository, so that what npm would install is found in its node_modules.</summary>
    private readonly DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(Built.Root, "artifacts", $"quick-start-{Guid.CreateVersion7():N}"));

    [Fact]
    public async Task The_commands_of_the_quick_start_lead_from_nothing_to_a_note_that_is_kept()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Built.Root, "docs", "quick-start.md"));
        var steps = CommandBlock().Matches(page).Select(block => block.Groups["commands"].Value).ToList();
        Assert.Equal("./run\n", steps[0]);

        // All up to the install; then, as a reader's pause does, wait for the component that is being compiled.
        await RunAsync(steps[1..4]);
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        using var warm = await client.GetAsync(new Uri($"{platform.RunnerUrl}/warmup"));
        warm.EnsureSuccessStatusCode();
        var answers = await RunAsync([steps[1].Split('\n')[0], .. steps[4..]]);

        Assert.Equal(2, Note().Count(answers));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<string> RunAsync(IEnumerable<string> steps)
    {
        // The page's platform has its own ports and state; the packages are not installed, but found.
        var commands = string.Join('\n', steps)
            .Replace("$PWD/cli/bin/Release/net10.0/Alga.Extensions.AlgaExt.dll", Built.Cli, StringComparison.Ordinal)
            .Replace("http://127.0.0.1:7071", platform.GatewayUrl, StringComparison.Ordinal)
            .Replace("http://127.0.0.1:7072", platform.RegistryUrl, StringComparison.Ordinal)
            .Replace("--publisher alga-samples", "--publisher alga-samples --no-install", StringComparison.Ordinal)
            .Replace(".local/", platform.State + "/", StringComparison.Ordinal)
            .Replace("../", folder.FullName + "/", StringComparison.Ordinal);
        var script = Path.Combine(folder.FullName, "commands.sh");
        await File.WriteAllTextAsync(script, "set -e\nshopt -s expand_aliases\n" + commands);
        var run = await OneShot.RunAsync("bash", [script], Built.Root, null, CancellationToken.None);
        Assert.True(run.ExitCode == 0, commands + run.Output + run.Error);
        return run.Output;
    }

    [GeneratedRegex(@"^```bash\n(?<commands>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CommandBlock();

    [GeneratedRegex("\"text\":\"Buy milk\"")]
    private static partial Regex Note();
}
