using System.Globalization;
using Alga.Extensions.LoadDriver.Stack;
using Alga.Extensions.Services;
using Alga.Extensions.Services.Dotnet;
using Alga.Extensions.Services.Processes;

namespace Alga.Extensions.LoadDriver.Baselines;

/// <summary>A server to compare with, in a process of its own like the runner.</summary>
internal sealed class BaselineProcess : IAsyncDisposable
{
    // This program's threads do not spin; a server of the same program does, as one does that nobody configured (70, in hexadecimal).
    private static readonly Dictionary<string, string?> DefaultSpinning = new() { ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "46" };

    private readonly ChildProcess process;

    private BaselineProcess(ChildProcess process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>The bare Kestrel endpoint.</summary>
    public static Task<BaselineProcess> StartKestrelAsync(CancellationToken cancellationToken)
    {
        var port = LoopbackPort.PickFree();
        return StartAsync("kestrel", DotnetHost.Path, [typeof(BaselineProcess).Assembly.Location, KestrelBaseline.Argument, Text(port)], port, "/healthz", cancellationToken);
    }

    /// <summary>ASP.NET Core's static files.</summary>
    public static Task<BaselineProcess> StartStaticFilesAsync(string folder, CancellationToken cancellationToken)
    {
        var port = LoopbackPort.PickFree();
        string[] arguments = [typeof(BaselineProcess).Assembly.Location, StaticFilesBaseline.Argument, Text(port), folder];
        return StartAsync("static-files", DotnetHost.Path, arguments, port, "/healthz", cancellationToken);
    }

    /// <summary><c>workerd</c> with the same TypeScript handler in one isolate that is used again and again.</summary>
    public static Task<BaselineProcess> StartWorkerdAsync(CancellationToken cancellationToken)
    {
        var port = LoopbackPort.PickFree();
        var folder = Path.Combine(Paths.Root, "tests/LoadDriver/workerd");
        string[] arguments = ["serve", Path.Combine(folder, "config.capnp"), "--socket-addr", $"http=127.0.0.1:{Text(port)}"];
        return StartAsync("workerd", Path.Combine(folder, "node_modules/.bin/workerd"), arguments, port, "/healthz", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await process.StopAsync();
        process.Dispose();
    }

    private static async Task<BaselineProcess> StartAsync(
        string name, string program, string[] arguments, int port, string readyPath, CancellationToken cancellationToken)
    {
        var process = await ChildProcess.StartAsync(new ChildOptions
        {
            Name = name,
            FileName = InBatch.Program,
            Arguments = [.. InBatch.Arguments, program, .. arguments],
            WorkingDirectory = Paths.Root,
            Environment = DefaultSpinning,
            LogFile = Path.Combine(Paths.Artifacts, $"bench-{name}.log"),
        });
        var address = new Uri($"http://127.0.0.1:{port}/");
        using var client = new HttpClient();
        while (true)
        {
            if (process.HasExited) throw new ServiceException($"{name} did not start:\n{process.ReadLogTail()}");
            try
            {
                using var answer = await client.GetAsync(new Uri(address, readyPath), cancellationToken);
                return new BaselineProcess(process, address);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
