using System.Text.Json;
using Alga.Extensions.Platform.Progress;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Services;

namespace Alga.Extensions.Platform.Steps;

/// <summary>A sample extension on its way from its built files to two tenants, by the same commands a publisher uses.</summary>
internal sealed class Sample
{
    private readonly StateFolder state;
    private readonly string shortName;
    private readonly string folder;

    /// <param name="repositoryRoot">Root of the repository.</param>
    /// <param name="shortName">Its folder below <c>samples</c>.</param>
    /// <param name="state">Where bundle and signature go.</param>
    public Sample(string repositoryRoot, string shortName, StateFolder state)
    {
        this.state = state;
        this.shortName = shortName;
        folder = Path.Combine(repositoryRoot, "samples", shortName);
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        Name = manifest.RootElement.GetProperty("name").GetString()!;
        Version = manifest.RootElement.GetProperty("version").GetString()!;
    }

    public string Name { get; }

    public string Version { get; }

    private string Bundle => Path.Combine(state.Bundles, shortName + ".tar.zst");

    private string Envelope => Path.Combine(state.Bundles, shortName + ".dsse.json");

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
            + $"raise \"version\" in samples/{shortName}/manifest.json, or start with --reset.");
    }

    public Task InstallAsync(AlgaExt cli, DemoUser administrator, CancellationToken cancellationToken) => cli.RunAsync(
        cancellationToken, "install", Name, "--version", Version, "--grant-all", "--token-file", state.Token(administrator.Name));
}
