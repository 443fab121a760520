using System.Globalization;
using System.Net;
using Alga.Extensions.Services;
using Alga.Extensions.Services.Dotnet;
using Alga.Extensions.Services.Processes;

namespace Alga.Extensions.LoadDriver.Stack;

/// <summary>One more runner on the platform's database, vault and bundle store, with a port and a cache folder of its own.</summary>
internal sealed class SecondRunner : IAsyncDisposable
{
    private const string Program = "Alga.Extensions.Runner.Http.dll";

    private readonly ChildProcess process;

    private SecondRunner(ChildProcess process) => this.process = process;

    /// <summary>Starts it and waits until it is ready; asks every few milliseconds.</summary>
    public static async Task<SecondRunner> StartAsync(CancellationToken cancellationToken)
    {
        var (assembly, variables) = FindRunning();
        var port = LoopbackPort.PickFree();
        variables["RUNNER_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        variables["EXT_CACHE_ROOT"] = Path.Combine(Paths.State, "second-runner-cache");
        var runner = new SecondRunner(await ChildProcess.StartAsync(new ChildOptions
        {
            Name = "runner",
            FileName = DotnetHost.Path,
            Arguments = [assembly],
            Environment = variables,
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
            LogFile = Path.Combine(Paths.Artifacts, "bench-runner.log"),
        }));
        using var client = new HttpClient();
        var ready = new Uri($"http://127.0.0.1:{port}/readyz");
        while (!await IsReadyAsync(client, ready, cancellationToken))
        {
            if (runner.process.HasExited) throw new ServiceException($"The second runner did not start:\n{runner.process.ReadLogTail()}");
            await Task.Delay(5, cancellationToken);
        }

        return runner;
    }

    public async ValueTask DisposeAsync()
    {
        await process.StopAsync();
        process.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, Uri ready, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(ready, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The platform's own runner: what was started, and with which variables.</summary>
    private static (string Assembly, Dictionary<string, string?> Variables) FindRunning()
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"RUNNER_URLS=http://127.0.0.1:{BenchStack.PortBase + BenchStack.RunnerOffset}");
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)))
        {
            var assembly = Read(folder, "cmdline").Split('\0').FirstOrDefault(argument => argument.EndsWith("/" + Program, StringComparison.Ordinal));
            if (assembly is null || Read(folder, "environ") is not { } environment || !environment.Split('\0').Contains(url)) continue;
            var variables = environment.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], string? (pair) => pair[1], StringComparer.Ordinal);
            return (assembly, variables);
        }

        throw new ServiceException("The platform's runner is not there.");
    }

    private static string Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A process that has ended, or is another user's.
            return "";
        }
    }
}
