using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Alga.Extensions.Services;
using Alga.Extensions.Services.Dotnet;
using Alga.Extensions.Services.Processes;

namespace Alga.Extensions.Chaos;

/// <summary>The platform as <c>./run --restart</c> starts it, in a folder of its own that is removed afterwards, and its command line.</summary>
internal sealed class Stack : IAsyncDisposable
{
    /// <summary>The extension that the load calls.</summary>
    public const string Extension = "com.alga.tests.hostile";

    private const string Running = "Running at ";
    private const int Ports = 10;

    private static readonly string Root = RepositoryRoot.Find();

    private readonly DirectoryInfo folder;
    private readonly ChildProcess process;
    private readonly int portBase;

    private Stack(ChildProcess process, DirectoryInfo folder, int portBase)
    {
        this.process = process;
        this.folder = folder;
        this.portBase = portBase;
    }

    public bool IsRunning => !process.HasExited;

    public int GatewayPort => portBase;

    public string RunnerCache => Path.Combine(State, "runner-cache");

    /// <summary>Processes of the parts, by the part's name.</summary>
    public Parts Parts => new(process.Id);

    /// <summary>Access token of a demo user, renewed while the platform runs.</summary>
    public string Token(string user) => File.ReadAllText(Path.Combine(State, "tokens", user)).Trim();

    private string State => Path.Combine(folder.FullName, "state");

    public static async Task<Stack> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("alga-chaos-");
        var portBase = PickPortBase();
        var log = Path.Combine(folder.FullName, "platform.log");
        var process = await ChildProcess.StartAsync(new ChildOptions
        {
            Name = "platform",
            FileName = DotnetHost.Path,
            Arguments = [Built("local/Platform", "Platform"), "--restart", "--state", Path.Combine(folder.FullName, "state"), "--port-base", portBase.ToString(CultureInfo.InvariantCulture)],
            WorkingDirectory = Root,
            LogFile = log,
            StopGrace = TimeSpan.FromSeconds(60),
        });
        var stack = new Stack(process, folder, portBase);
        while (!(File.Exists(log) && (await File.ReadAllTextAsync(log, cancellationToken)).Contains(Running, StringComparison.Ordinal)))
        {
            if (process.HasExited) throw new ServiceException($"The platform did not start:\n{process.ReadLogTail()}");
            await Task.Delay(100, cancellationToken);
        }

        return stack;
    }

    /// <summary>Packs, signs and publishes a version of the guest.</summary>
    public async Task PublishAsync(string version, CancellationToken cancellationToken)
    {
        var source = Path.Combine(Root, "tests", "guests", "hostile");
        var copy = Path.Combine(folder.FullName, version);
        Directory.CreateDirectory(Path.Combine(copy, "dist"));
        File.Copy(Path.Combine(source, "dist", "main.wasm"), Path.Combine(copy, "dist", "main.wasm"), overwrite: true);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(source, "manifest.json"), cancellationToken))!;
        manifest["version"] = version;
        await File.WriteAllTextAsync(Path.Combine(copy, "manifest.json"), manifest.ToJsonString(), cancellationToken);
        var bundle = Path.Combine(folder.FullName, version + ".tar.zst");
        var envelope = bundle + ".dsse.json";
        await DoAsync(cancellationToken, "pack", copy, "-o", bundle);
        await DoAsync(cancellationToken, "sign", bundle, "--key", Path.Combine(State, "publisher", "key.pem"), "-o", envelope);
        await DoAsync(cancellationToken, "publish", bundle, "--envelope", envelope, "--token-file", TokenFile("dev"));
    }

    /// <summary>Runs a command of <c>alga-ext</c> as the tenant's admin or the publisher.</summary>
    /// <exception cref="ServiceException">It failed.</exception>
    public async Task DoAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var environment = new Dictionary<string, string?> { ["ALGA_REGISTRY_URL"] = $"http://127.0.0.1:{portBase + 1}" };
        var result = await OneShot.RunAsync(DotnetHost.Path, [Built("cli", "AlgaExt"), .. arguments, "--json"], Root, environment, cancellationToken);
        if (result.ExitCode != 0) throw new ServiceException($"alga-ext {string.Join(' ', arguments)} failed:\n{result.Output}{result.Error}");
    }

    public string TokenFile(string user) => Path.Combine(State, "tokens", user);

    public async ValueTask DisposeAsync()
    {
        await process.StopAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>Below the ports that the kernel gives to connections: one of those can be taken between this look and the start.</summary>
    private static int PickPortBase()
    {
        while (true)
        {
            var candidate = RandomNumberGenerator.GetInt32(10_000, 30_000);
            if (Enumerable.Range(candidate, Ports).All(LoopbackPort.IsFree)) return candidate;
        }
    }

    private static string Built(string project, string name)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Root, project, "bin", framework.Parent!.Name, framework.Name, $"Alga.Extensions.{name}.dll");
    }
}
