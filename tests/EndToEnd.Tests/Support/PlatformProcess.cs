using System.Globalization;
using Alga.Extensions.Services;
using Alga.Extensions.Services.Dotnet;
using Alga.Extensions.Services.Processes;

namespace Alga.Extensions.EndToEnd.Tests.Support;

/// <summary>The platform as <c>./run</c> starts it, in a process of its own that ends with the tests.</summary>
internal sealed class PlatformProcess : IAsyncDisposable
{
    /// <summary>Printed when everything runs.</summary>
    private const string Running = "Running at ";

    private readonly ChildProcess process;
    private readonly string logFile;

    private PlatformProcess(ChildProcess process, string logFile)
    {
        this.process = process;
        this.logFile = logFile;
    }

    public int Id => process.Id;

    public string Log => File.Exists(logFile) ? File.ReadAllText(logFile) : "";

    /// <summary>Starts it without waiting.</summary>
    public static async Task<PlatformProcess> LaunchAsync(string state, int portBase, params string[] options)
    {
        // The log lies beside the state folder: --reset would take it away.
        var log = $"{state}.{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}.log";
        var process = await ChildProcess.StartAsync(new ChildOptions
        {
            Name = "platform",
            FileName = DotnetHost.Path,
            Arguments = [Built.Platform, "--state", state, "--port-base", portBase.ToString(CultureInfo.InvariantCulture), .. options],
            // The tests' own database would be a short cut that a new user does not have.
            Environment = new Dictionary<string, string?> { ["DATABASE_URL"] = null },
            WorkingDirectory = Path.GetTempPath(),
            LogFile = log,
            StopGrace = TimeSpan.FromSeconds(60),
        });
        return new PlatformProcess(process, log);
    }

    /// <summary>Starts it and returns when everything runs.</summary>
    public static async Task<PlatformProcess> StartAsync(string state, int portBase, params string[] options)
    {
        var platform = await LaunchAsync(state, portBase, options);
        while (!platform.Log.Contains(Running, StringComparison.Ordinal))
        {
            Assert.False(platform.process.HasExited, platform.Log);
            await Task.Delay(100);
        }

        return platform;
    }

    /// <summary>Waits for its end and gives how it ended, as in <c>ended with exit code 1</c>.</summary>
    public Task<string> WaitForExitAsync() => process.WaitForExitAsync(CancellationToken.None);

    /// <summary>Asks it to stop, as a service manager does.</summary>
    public Task StopAsync() => process.StopAsync();

    /// <summary>The processes that it started.</summary>
    public IReadOnlyList<RunningProcess> Children => RunningProcess.ChildrenOf(Id);

    /// <summary>The first of the twelve ports that a platform may need.</summary>
    public static int PickPortBase() => LoopbackPort.PickFreeRow(12);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
    }
}
