using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Alga.Extensions.EndToEnd.Tests.Support;

namespace Alga.Extensions.EndToEnd.Tests.Lifecycle;

/// <summary>Start, stop, crash. All tests go on with one state folder, as a developer does over days.</summary>
public sealed class LifecycleTests(TemporaryFolder folder) : IClassFixture<TemporaryFolder>
{
    private readonly int portBase = PlatformProcess.PickPortBase();

    private string State => folder.State;

    /// <summary>Children by a part of their command line, and the name by which the platform reports them.</summary>
    public static TheoryData<string, string> Services => new()
    {
        { "bin/postgres", "postgres" },
        { "azurite.js", "azurite" },
        { "Extensions.KeyVault.dll", "keyvault" },
        { "Extensions.Issuer.dll", "issuer" },
        { "Extensions.Registry.Functions.dll", "registry" },
        { "Extensions.Gateway.Functions.dll", "gateway" },
        { "Extensions.Runner.Http.dll", "runner" },
    };

    [Theory]
    [MemberData(nameof(Services))]
    public async Task A_killed_process_is_named_the_others_stop_and_the_state_is_kept(string commandLine, string name)
    {
        await using var platform = await PlatformProcess.StartAsync(State, portBase);
        var before = await CountAsync();
        var children = platform.Children;

        Process.GetProcessById(children.Single(child => child.CommandLine.Contains(commandLine, StringComparison.Ordinal)).Id).Kill();

        Assert.Equal("platform ended with exit code 1.", await platform.WaitForExitAsync());
        Assert.Contains($"The platform stopped: {name} was ended by signal 9.", platform.Log, StringComparison.Ordinal);
        Assert.All(children, child => Assert.False(child.IsRunning, child.CommandLine));

        await using var again = await PlatformProcess.StartAsync(State, portBase);
        Assert.Equal(before + 1, await CountAsync());
    }

    [Fact]
    public async Task SIGTERM_stops_everything_with_exit_code_0()
    {
        await using var platform = await PlatformProcess.StartAsync(State, portBase);
        var children = platform.Children;
        Assert.Equal(8, children.Count);

        await platform.StopAsync();

        Assert.Equal("platform ended with exit code 0.", await platform.WaitForExitAsync());
        Assert.All(children, child => Assert.False(child.IsRunning, child.CommandLine));
    }

    [Fact]
    public async Task Nothing_is_left_of_a_platform_that_is_killed()
    {
        await using var platform = await PlatformProcess.StartAsync(State, portBase);
        var children = platform.Children;

        Process.GetProcessById(platform.Id).Kill();
        await platform.WaitForExitAsync();

        // The kernel tells the children in its own time.
        while (children.Any(child => child.IsRunning)) await Task.Delay(50);
    }

    [Fact]
    public async Task A_second_platform_in_the_same_folder_is_refused()
    {
        await using var platform = await PlatformProcess.StartAsync(State, portBase);
        await using var second = await PlatformProcess.LaunchAsync(State, PlatformProcess.PickPortBase());

        Assert.Equal("platform ended with exit code 1.", await second.WaitForExitAsync());
        Assert.Contains("A platform runs in " + State, second.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_its_service_before_anything_starts()
    {
        using var listener = new TcpListener(IPAddress.Loopback, portBase + 9);
        listener.Start();
        await using var platform = await PlatformProcess.LaunchAsync(State, portBase);

        Assert.Equal("platform ended with exit code 1.", await platform.WaitForExitAsync());
        Assert.Contains($"Port {portBase + 9} for the runner is in use", platform.Log, StringComparison.Ordinal);
        Assert.Empty(platform.Children);
    }

    [Fact]
    public async Task The_demo_prints_the_answer_and_ends_with_exit_code_0()
    {
        await using var platform = await PlatformProcess.LaunchAsync(State, portBase, "--demo");

        var end = await platform.WaitForExitAsync();
        Assert.True(end == "platform ended with exit code 0.", $"{end}\n{platform.Log}");
        Assert.Contains("HTTP/1.1 200 OK", platform.Log, StringComparison.Ordinal);
        Assert.Contains("x-request-id: ", platform.Log, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<int> CountAsync()
    {
        var token = await File.ReadAllTextAsync(Path.Combine(State, "tokens", "ada"));
        var answer = await new GatewayClient(new Uri($"http://127.0.0.1:{portBase}")).GetAsync(PlatformFixture.Sample, "/greetings/lifecycle", token);
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json.GetProperty("count").GetInt32();
    }
}
