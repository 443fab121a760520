using System.Text.Json.Nodes;
using Alga.Extensions.EndToEnd.Tests.Support;

namespace Alga.Extensions.EndToEnd.Tests.Publishing;

/// <summary>A copy of the sample under a version of its own, to be changed and published.</summary>
internal sealed class Draft
{
    private readonly PlatformFixture platform;
    private readonly string folder;

    public Draft(PlatformFixture platform, string version, string publisher = "alga-samples", string name = PlatformFixture.Sample)
    {
        this.platform = platform;
        Version = version;
        Name = name;
        folder = Path.Combine(platform.Work, "draft-" + version);
        var sample = Path.Combine(Built.Root, "samples", "hello");
        Directory.CreateDirectory(Path.Combine(folder, "dist"));
        File.Copy(Path.Combine(sample, "dist", "main.wasm"), Path.Combine(folder, "dist", "main.wasm"), overwrite: true);
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(sample, "manifest.json")))!;
        (manifest["version"], manifest["publisher"], manifest["name"]) = (version, publisher, name);
        File.WriteAllText(Path.Combine(folder, "manifest.json"), manifest.ToJsonString());
    }

    public string Name { get; }

    public string Version { get; }

    public string Bundle => folder + ".tar.zst";

    public string Envelope => Bundle + ".dsse.json";

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);

    public Task PackAsync() => Cli.DoAsync(platform, "pack", folder, "-o", Bundle);

    public Task SignAsync(string? key = null) => Cli.DoAsync(platform, "sign", Bundle, "--key", key ?? platform.PublisherKey);

    public Task<Cli> PublishAsync(string user = "dev") =>
        Cli.RunAsync(platform, "publish", Bundle, "--envelope", Envelope, "--token-file", platform.TokenFile(user));

    /// <summary>Code of an attempt to install it, which tells whether it is visible.</summary>
    public async Task<string> InstallAsync() =>
        (await Cli.RunAsync(platform, "install", Name, "--version", Version, "--token-file", platform.TokenFile("linus"))).Code;
}
