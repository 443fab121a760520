using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
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
    private const int Ports = 14;

    private static readonly string Root = RepositoryRoot.Find();

    private readonly DirectoryInfo folder;
    private readonly ChildProcess process;
    private readonly int portBase;

    private Stack(ChildProcess process, DirectoryInfo folder, int portBase, Breakage? breakage)
    {
        this.process = process;
        this.folder = folder;
        this.portBase = portBase;
        Breakage = breakage;
    }

    /// <summary>What can be broken beside the processes; null where the platform runs plainly.</summary>
    public Breakage? Breakage { get; }

    public bool IsRunning => !process.HasExited;

    /// <summary>Where callers send their requests.</summary>
    public Uri Gateway => new($"http://127.0.0.1:{Breakage?.Links.Callers.Port ?? portBase}");

    /// <summary>The first runner's folder, as this process sees it.</summary>
    public string RunnerCache => Breakage?.Disk is { } disk ? disk.RunnerFolder(process.Id) : Path.Combine(State, "runner-cache");

    /// <summary>The disk of both runners is full up to a last piece, or has room again.</summary>
    public void SetDiskFull(bool full)
    {
        if (full) Breakage!.Disk!.Fill(process.Id);
        else Breakage!.Disk!.Free(process.Id);
    }

    /// <summary>Processes of the parts, by the part's name.</summary>
    public Parts Parts => new(process.Id);

    /// <summary>Access token of a demo user, renewed while the platform runs.</summary>
    public string Token(string user) => File.ReadAllText(Path.Combine(State, "tokens", user)).Trim();

    private string State => Path.Combine(folder.FullName, "state");

    /// <summary>Starts it plainly: one process of each part.</summary>
    public static Task<Stack> StartAsync(CancellationToken cancellationToken) => StartAsync(seed: null, cancellationToken);

    /// <summary>Starts it so that everything can be broken: two gateways, two runners, and something between each two parts.</summary>
    /// <param name="seed">Of what breaks by chance.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static Task<Stack> StartBreakableAsync(int seed, CancellationToken cancellationToken) => StartAsync((int?)seed, cancellationToken);

    private static async Task<Stack> StartAsync(int? seed, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("alga-chaos-");
        var portBase = LoopbackPort.PickFreeRow(Ports);
        var breakage = seed is { } given ? await Breakage.PrepareAsync(folder.FullName, portBase, given, cancellationToken) : null;
        string[] command =
        [
            DotnetHost.Path, Built("local/Platform", "Platform"), "--restart", "--state", Path.Combine(folder.FullName, "state"),
            "--port-base", portBase.ToString(CultureInfo.InvariantCulture), .. breakage?.Arguments ?? [],
        ];
        var inside = breakage?.Disk?.Command(command) ?? command;
        var log = Path.Combine(folder.FullName, "platform.log");
        var process = await ChildProcess.StartAsync(new ChildOptions
        {
            Name = "platform",
            FileName = inside[0],
            Arguments = [.. inside.Skip(1)],
            WorkingDirectory = Root,
            LogFile = log,
            StopGrace = TimeSpan.FromSeconds(60),
        });
        var stack = new Stack(process, folder, portBase, breakage);
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

    /// <summary>Sets what an install may do, as an admin of its tenant.</summary>
    /// <exception cref="ServiceException">It was refused, or the registry was not there.</exception>
    public async Task GrantAsync(string user, IReadOnlyList<string> capabilities, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };
        using var request = new HttpRequestMessage(HttpMethod.Put, $"http://127.0.0.1:{portBase + 1}/api/tenant/installs/{Extension}/grants")
        {
            Content = JsonContent.Create(new { capabilities }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(user));
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode) throw new ServiceException($"The grants were refused: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ServiceException($"The grants were not answered: {exception.Message}", exception);
        }
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
        if (Breakage is not null) await Breakage.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static string Built(string project, string name)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Root, project, "bin", framework.Parent!.Name, framework.Name, $"Alga.Extensions.{name}.dll");
    }
}
