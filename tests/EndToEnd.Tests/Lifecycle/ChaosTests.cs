using Alga.Extensions.EndToEnd.Tests.Support;
using Alga.Extensions.Services;
using Alga.Extensions.Services.Dotnet;

namespace Alga.Extensions.EndToEnd.Tests.Lifecycle;

/// <summary>The short form of <c>./chaos</c>, without its limits of time.</summary>
public sealed class ChaosTests
{
    // Ends a run that hangs; one takes two to three minutes.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(12);

    [Theory]
    [InlineData(3)]
    public async Task Under_faults_nothing_acknowledged_is_lost_or_done_twice_and_no_revoked_version_or_ungranted_capability_is_seen(int seed)
    {
        using var limit = new CancellationTokenSource(Limit);
        var run = await OneShot.RunAsync(
            DotnetHost.Path, [Built.Chaos, "--seconds", "40", "--seed", $"{seed}", "--no-budgets"], Built.Root, new Dictionary<string, string?> { ["DATABASE_URL"] = null }, limit.Token);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("lost: 0; done twice: 0", run.Output, StringComparison.Ordinal);
    }
}
