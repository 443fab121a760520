using Alga.Extensions.Services;

namespace Alga.Extensions.EndToEnd.Tests.Support;

/// <summary>One running platform for all tests that only send requests, with the sample and the hostile guest installed for Acme.</summary>
public sealed class PlatformFixture : IAsyncLifetime
{
    public const string Sample = "com.alga.samples.hello";
    public const string Hostile = "com.alga.tests.hostile";

    private readonly TemporaryFolder folder = new();
    private readonly int portBase = PlatformProcess.PickPortBase();
    private PlatformProcess? platform;

    public string State => folder.State;

    /// <summary>A folder for files of the tests.</summary>
    public string Work => Path.Combine(folder.Root, "work");

    public string RegistryUrl => $"http://127.0.0.1:{portBase + 1}";

    internal string RunnerUrl => $"http://127.0.0.1:{portBase + 9}";

    internal string GatewayUrl => $"http://127.0.0.1:{portBase}";

    public string IssuerUrl => $"http://127.0.0.1:{portBase + 2}";

    public string PublisherKey => Path.Combine(State, "publisher", "key.pem");

    internal GatewayClient Gateway => new(new Uri(GatewayUrl));

    internal PrometheusClient Prometheus => new(new Uri($"http://127.0.0.1:{portBase + 7}"));

    internal RegistryClient Registry => new(new Uri(RegistryUrl));

    /// <summary>The processes of the platform.</summary>
    internal IReadOnlyList<RunningProcess> Processes => platform!.Children;

    /// <summary>File with the token of a demo user: ada, grace, host, linus, dev or olivia.</summary>
    public string TokenFile(string user) => Path.Combine(State, "tokens", user);

    public string Token(string user) => File.ReadAllText(TokenFile(user));

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Work);
        platform = await PlatformProcess.StartAsync(State, portBase, "--observe");
        var guest = Path.Combine(Built.Root, "tests", "guests", "hostile");
        if (!File.Exists(Path.Combine(guest, "dist", "main.wasm")))
        {
            var build = await OneShot.RunAsync("npm", ["run", "build", "-w", "tests/guests/hostile"], Built.Root, null, CancellationToken.None);
            Assert.True(build.ExitCode == 0, build.Output + build.Error);
        }

        var bundle = Path.Combine(Work, "hostile.tar.zst");
        await Cli.DoAsync(this, "pack", guest, "-o", bundle);
        await Cli.DoAsync(this, "sign", bundle, "--key", PublisherKey);
        await Cli.DoAsync(this, "publish", bundle, "--envelope", bundle + ".dsse.json", "--token-file", TokenFile("dev"));
        await Cli.DoAsync(this, "install", Hostile, "--version", "1.0.0", "--grant-all", "--token-file", TokenFile("ada"));
        // The runner compiles it now; until then a request is told to come again.
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        using var warm = await client.GetAsync(new Uri($"{RunnerUrl}/warmup"));
        warm.EnsureSuccessStatusCode();
    }

    public async Task DisposeAsync()
    {
        if (platform is not null) await platform.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>Tests that share the one platform.</summary>
[CollectionDefinition(Name)]
public sealed class PlatformCollection : ICollectionFixture<PlatformFixture>
{
    public const string Name = "platform";
}
