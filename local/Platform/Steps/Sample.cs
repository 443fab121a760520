using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Alga.Extensions.Platform.Progress;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Services;

namespace Alga.Extensions.Platform.Steps;

/// <summary>The sample extension on its way from sources to two tenants, by the same commands a publisher uses.</summary>
internal sealed class Sample(string repositoryRoot, StateFolder state)
{
    private readonly string folder = Path.Combine(repositoryRoot, "samples", "hello");

    public string Name { get; private set; } = "";

    public string Version { get; private set; } = "";

    private string Bundle => Path.Combine(state.Bundles, "hello.tar.zst");

    private string Envelope => Path.Combine(state.Bundles, "hello.dsse.json");

    /// <summary>Builds the guest where its sources, its SDK or the tools have changed.</summary>
    public async Task BuildAsync(CancellationToken cancellationToken)
    {
        ReadNames();
        var stamp = Path.Combine(folder, "dist", ".built-from");
        var sources = HashSources();
        if (File.Exists(Path.Combine(folder, "dist", "main.wasm")) && File.Exists(stamp)
            && await File.ReadAllTextAsync(stamp, cancellationToken).ConfigureAwait(false) == sources) return;

        var result = await OneShot.RunAsync(
            "npm", ["run", "build", "-w", "packages/extension-sdk", "-w", "samples/hello"], repositoryRoot, null, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0) throw new ServiceException($"The sample does not build (npm run build -w samples/hello):\n{result.Output}{result.Error}");
        await File.WriteAllTextAsync(stamp, sources, cancellationToken).ConfigureAwait(false);
    }

    public async Task PackAsync(AlgaExt cli, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(state.Bundles);
        await cli.RunAsync(cancellationToken, "pack", folder, "-o", Bundle).ConfigureAwait(false);
        await cli.RunAsync(cancellationToken, "sign", Bundle, "--key", state.PublisherKey, "-o", Envelope).ConfigureAwait(false);
    }

    public async Task PublishAsync(AlgaExt cli, IStartProgress progress, CancellationToken cancellationToken)
    {
        var answer = await cli.TryRunAsync(
            cancellationToken, "publish", Bundle, "--envelope", Envelope, "--token-file", state.Token(DemoUser.Developer.Name)).ConfigureAwait(false);
        if (answer.Code is null) return;
        if (answer.Code != "version_exists") throw new ServiceException($"alga-ext publish was refused: {answer.Code}: {answer.Message}");
        // A published version never changes, so what was published before goes on running.
        progress.Notice(
            $"The sample has changed, but {Name} {Version} is published already and stays as it is: "
            + "raise \"version\" in samples/hello/manifest.json, or start with --reset.");
    }

    public Task InstallAsync(AlgaExt cli, DemoUser administrator, CancellationToken cancellationToken) => cli.RunAsync(
        cancellationToken, "install", Name, "--version", Version, "--grant-all", "--token-file", state.Token(administrator.Name));

    private void ReadNames()
    {
        var file = Path.Combine(folder, "manifest.json");
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(file));
        Name = manifest.RootElement.GetProperty("name").GetString()!;
        Version = manifest.RootElement.GetProperty("version").GetString()!;
    }

    private string HashSources()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = new[] { folder, Path.Combine(repositoryRoot, "packages", "extension-sdk"), Path.Combine(repositoryRoot, "shared", "wit") }
            .SelectMany(source => Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            .Where(file => !Path.GetRelativePath(repositoryRoot, file).Split('/').Any(part => part is "dist" or "node_modules"))
            .Append(Path.Combine(repositoryRoot, "package-lock.json"))
            .Order(StringComparer.Ordinal);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(repositoryRoot, file)));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
