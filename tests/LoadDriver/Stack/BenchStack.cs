using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Alga.Extensions.Secrets;
using Alga.Extensions.Services;
using Alga.Extensions.Services.Dotnet;
using Alga.Extensions.Services.Processes;
using Alga.Extensions.ServiceTokens;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alga.Extensions.LoadDriver.Stack;

/// <summary>The platform as <c>./run</c> starts it, in processes of its own, with the bench's guests installed. Started at first use.</summary>
internal sealed class BenchStack : IAsyncDisposable
{
    /// <summary>The platform's first port.</summary>
    public const int PortBase = 7671;
    public const int RunnerOffset = 9;
    private const string Running = "Running at ";

    private readonly Dictionary<string, InstalledGuest> installed = [];
    private ChildProcess? platform;
    private ServiceTokenIssuer? tokens;

    public Uri Gateway { get; } = Local(PortBase);

    public Uri Registry { get; } = Local(PortBase + 1);

    public Uri Runner { get; } = Local(PortBase + RunnerOffset);

    /// <summary>Access token of the administrator of a demo tenant.</summary>
    public static string AdminToken => File.ReadAllText(Path.Combine(Paths.State, "tokens", "ada")).Trim();

    /// <summary>Access token of the demo publisher.</summary>
    public static string PublisherToken => File.ReadAllText(Path.Combine(Paths.State, "tokens", "dev")).Trim();

    /// <summary>Makes service tokens with the platform's own key.</summary>
    public ServiceTokenIssuer Tokens => tokens ?? throw new InvalidOperationException("The platform was not started.");

    /// <summary>Starts the platform unless it runs.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (platform is not null) return;
        if (Directory.Exists(Paths.State)) Directory.Delete(Paths.State, recursive: true);
        var log = Paths.State + ".log";
        File.Delete(log);
        platform = await ChildProcess.StartAsync(new ChildOptions
        {
            Name = "platform",
            FileName = InBatch.Program,
            Arguments = [.. InBatch.Arguments, DotnetHost.Path, Paths.Platform, "--state", Paths.State, "--port-base", PortBase.ToString(CultureInfo.InvariantCulture)],
            WorkingDirectory = Paths.Root,
            LogFile = log,
            StopGrace = TimeSpan.FromSeconds(60),
        });
        while (!(File.Exists(log) && (await File.ReadAllTextAsync(log, cancellationToken)).Contains(Running, StringComparison.Ordinal)))
        {
            if (platform.HasExited) throw new ServiceException($"The platform did not start:\n{platform.ReadLogTail()}");
            await Task.Delay(100, cancellationToken);
        }

        await NoLimits.SetAsync(PortBase, cancellationToken);
        tokens = new ServiceTokenIssuer(new ServiceTokenKey(await ReadTokenKeyAsync(cancellationToken)), TimeProvider.System);
    }

    /// <summary>Publishes and installs a guest through the command line, once.</summary>
    /// <param name="folder">Its manifest and <c>dist/main.wasm</c>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<InstalledGuest> InstallAsync(string folder, CancellationToken cancellationToken)
    {
        if (installed.TryGetValue(folder, out var known)) return known;
        await StartAsync(cancellationToken);
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "manifest.json"), cancellationToken));
        var name = manifest.RootElement.GetProperty("name").GetString()!;
        var bundle = Path.Combine(Paths.State, name + ".tar.zst");
        var envelope = Path.Combine(Paths.State, name + ".dsse.json");
        await CliAsync(cancellationToken, "pack", folder, "-o", bundle);
        await CliAsync(cancellationToken, "sign", bundle, "--key", Path.Combine(Paths.State, "publisher/key.pem"), "-o", envelope);
        await CliAsync(cancellationToken, "publish", bundle, "--envelope", envelope, "--token-file", Path.Combine(Paths.State, "tokens/dev"));
        await CliAsync(cancellationToken, "install", name, "--version", "1.0.0", "--grant-all", "--token-file", Path.Combine(Paths.State, "tokens/ada"));
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        using var view = JsonDocument.Parse(await client.GetStringAsync(new Uri(Registry, $"/api/tenant/installs/{name}"), cancellationToken));
        var guest = new InstalledGuest(
            name,
            view.RootElement.GetProperty("installId").GetGuid(),
            view.RootElement.GetProperty("versionId").GetGuid(),
            view.RootElement.GetProperty("contentHash").GetString()!);
        await WarmAsync(client, name, cancellationToken);
        installed.Add(folder, guest);
        return guest;
    }

    /// <summary>A first call waits for a compilation in the background; that is not what is measured here.</summary>
    private async Task WarmAsync(HttpClient client, string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var answer = await client.GetAsync(new Uri(Gateway, $"/api/ext/{name}/hello/ada"), cancellationToken);
            if (answer.IsSuccessStatusCode) return;
            if (answer.StatusCode != System.Net.HttpStatusCode.ServiceUnavailable)
            {
                throw new ServiceException($"{name} answers {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            }

            await Task.Delay(200, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (platform is null) return;
        await platform.StopAsync();
        platform.Dispose();
    }

    /// <summary>Runs a command of <c>alga-ext</c>.</summary>
    public async Task CliAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var environment = new Dictionary<string, string?> { ["ALGA_REGISTRY_URL"] = Registry.AbsoluteUri };
        var result = await OneShot.RunAsync(DotnetHost.Path, [Paths.Cli, .. arguments, "--json"], Paths.Root, environment, cancellationToken);
        if (result.ExitCode != 0) throw new ServiceException($"alga-ext {arguments[0]} failed:\n{result.Output}{result.Error}");
    }

    private static async Task<byte[]> ReadTokenKeyAsync(CancellationToken cancellationToken)
    {
        var vaultFolder = Path.Combine(Paths.State, "keyvault");
        var options = new SecretVaultOptions(
            new Uri($"https://127.0.0.1:{PortBase + 3}/"),
            await File.ReadAllTextAsync(Path.Combine(vaultFolder, "thumbprint"), cancellationToken),
            await File.ReadAllTextAsync(Path.Combine(vaultFolder, "token"), cancellationToken));
        using var vault = new SecretVault(SecretVault.CreateClient(options), TimeProvider.System, NullLogger<SecretVault>.Instance);
        return await vault.GetRequiredBytesAsync(ServiceTokenKey.SecretName, cancellationToken);
    }

    private static Uri Local(int port) => new($"http://127.0.0.1:{port}/");
}
