using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Dev;

/// <summary>
/// What has to be built after files changed. The templates' build is <c>alga-build</c>, and <c>vite build</c> where there is a page; after a
/// save only the one that is concerned runs, and the server side becomes no component of its own then, but code for one that takes it
/// from a setting. A build of one's own always runs whole.
/// </summary>
internal sealed class BuildSteps
{
    // More would not fit beside a request's body, and be slow to load at each request.
    private const long MaxQuickBytes = 300 * 1024;

    private static readonly string QuickFolder = Path.Combine(".alga", "dev", "build");

    private const string AlgaBuild = "@alga/extension-sdk/scripts/alga-build.js";

    private readonly string folder;
    private bool canBeQuick;
    private readonly bool isTemplate;
    private readonly bool hasPage;

    private BuildSteps(string folder, bool isTemplate, bool hasPage) => (this.folder, this.isTemplate, this.hasPage) = (folder, isTemplate, hasPage);

    public static BuildSteps Read(string folder)
    {
        var file = Path.Combine(folder, "package.json");
        if (!File.Exists(file)) throw new RefusedException(new CliRefusal(CliRefusal.File, $"{folder} has no package.json, so nothing says how it is built."));
        try
        {
            var script = JsonNode.Parse(File.ReadAllText(file))?["scripts"]?["build"]?.GetValue<string>();
            return new BuildSteps(folder, script is "alga-build" or "alga-build && vite build", script == "alga-build && vite build");
        }
        catch (JsonException exception)
        {
            throw new RefusedException(new CliRefusal(CliRefusal.File, $"{file} is not JSON: {exception.Message}"));
        }
    }

    /// <summary>What the last build of the server side made for the loader; null where it made the component itself.</summary>
    public QuickBuild? Quick { get; private set; }

    /// <summary>Builds everything.</summary>
    public async Task BuildAsync(CancellationToken cancellationToken)
    {
        await Tool.RunAsync("build_failed", "npm", ["run", "--silent", "build"], folder, cancellationToken).ConfigureAwait(false);
        Quick = null;
    }

    /// <summary>Builds the server side for the loader, for the first time; false where that cannot be, and then every build makes a component.</summary>
    public async Task<bool> TryQuickAsync(CancellationToken cancellationToken)
    {
        if (!isTemplate) return false;
        try
        {
            await RunQuickAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException)
        {
            // What it is built with is older than this. The build before went well, so there is nothing to tell.
            return false;
        }

        return canBeQuick = Quick is not null;
    }

    /// <summary>Builds what is concerned by changed files.</summary>
    /// <param name="changed">Paths below the folder, with slashes.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    public async Task BuildAsync(IReadOnlySet<string> changed, CancellationToken cancellationToken)
    {
        var rest = changed.Where(path => path != "manifest.json" && !Is(path, "test")).ToList();
        if (!isTemplate)
        {
            if (rest.Count > 0) await BuildAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        var page = hasPage && rest.Any(path => !Is(path, "server"));
        var server = rest.Any(path => !Is(path, "web"));
        if (server) await BuildServerAsync(cancellationToken).ConfigureAwait(false);
        if (page) await RunAsync("vite/bin/vite.js", ["build", "--logLevel", "warn"], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the component of the code that the loader has; what is live stays as it is.</summary>
    public Task BuildComponentAsync(CancellationToken cancellationToken) => RunAsync(AlgaBuild, [], cancellationToken);

    private async Task BuildServerAsync(CancellationToken cancellationToken)
    {
        if (canBeQuick) await RunQuickAsync(cancellationToken).ConfigureAwait(false);
        if (canBeQuick && Quick is not null) return;
        await RunAsync(AlgaBuild, [], cancellationToken).ConfigureAwait(false);
        Quick = null;
    }

    private async Task RunQuickAsync(CancellationToken cancellationToken)
    {
        await RunAsync(AlgaBuild, ["--dev", QuickFolder], cancellationToken).ConfigureAwait(false);
        var (loader, source) = (Path.Combine(folder, QuickFolder, "loader.wasm"), Path.Combine(folder, QuickFolder, "server.js"));
        Quick = new FileInfo(source) is { Exists: true, Length: <= MaxQuickBytes } && File.Exists(loader) ? new QuickBuild(loader, source) : null;
    }

    private static bool Is(string path, string part) => path.StartsWith(part + "/", StringComparison.Ordinal);

    /// <summary>Runs a tool by its own file: npm would take half a second to find it.</summary>
    private async Task RunAsync(string tool, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var file = Path.Combine(at.FullName, "node_modules", tool);
            if (!File.Exists(file)) continue;
            await Tool.RunAsync("build_failed", "node", [file, .. arguments], folder, cancellationToken).ConfigureAwait(false);
            return;
        }

        await BuildAsync(cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>A server side for the loader.</summary>
/// <param name="Loader">File of the component that loads it.</param>
/// <param name="Source">File of its code.</param>
internal sealed record QuickBuild(string Loader, string Source);
