using Alga.Extensions.EndToEnd.Tests.Support;

namespace Alga.Extensions.EndToEnd.Tests.Requests;

[Collection(PlatformCollection.Name)]
public sealed class ThreadPolicyTests(PlatformFixture platform)
{
    private const int Batch = 3;

    [Theory]
    [InlineData("Gateway.Functions.dll")]
    [InlineData("Runner.Http.dll")]
    public async Task Threads_of_gateway_and_runner_wait_for_a_processor_instead_of_interrupting_others(string program)
    {
        var process = platform.Processes.Single(process => process.CommandLine.Contains(program, StringComparison.Ordinal));
        // The runner's interrupt others for a second after a guest of another test computed for long.
        var policies = process.ReadPolicies();
        for (var turn = 0; turn < 300 && policies.Any(policy => policy != Batch); turn++)
        {
            await Task.Delay(100);
            policies = process.ReadPolicies();
        }

        Assert.NotEmpty(policies);
        Assert.All(policies, policy => Assert.Equal(Batch, policy));
    }
}
