using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Dev;

/// <summary>
/// What has to be built after files changed. The templates' build is <c>alga-build</c>, and <c>vite build</c> where there is a page; after a
/// save only the one that is concerned runs. A build of one's own always runs whole.
/// </summary>
internal sealed class BuildSteps
{
    private readonly string folder;
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

    /// <summary>Builds everything.</summary>
    public Task BuildAsync(CancellationToken cancellationToken) =>
        Tool.RunAsync("build_failed", "npm", ["run", "--silent", "build"], folder, cancellationToken);

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
        if (server) await RunAsync("@alga/extension-sdk/scripts/alga-build.js", [], cancellationToken).ConfigureAwait(false);
        if (page) await RunAsync("vite/bin/vite.js", ["build", "--logLevel", "warn"], cancellationToken).ConfigureAwait(false);
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
