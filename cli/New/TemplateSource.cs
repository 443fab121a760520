using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.New;

/// <summary>The package create-alga-extension: the checkout's where there is one, else npm's.</summary>
internal sealed class TemplateSource
{
    private static readonly string[] Packages = ["iframe-protocol", "extension-sdk", "iframe-sdk", "ui-kit"];

    private readonly string? root;
    private readonly string? packages;

    private TemplateSource(string? root, string? packages) => (this.root, this.packages) = (root, packages);

    /// <summary>Gets the templates ready.</summary>
    /// <param name="packages">Folder with packed packages; null to pack those of the checkout.</param>
    /// <param name="cancellationToken">Ends the packing.</param>
    public static async Task<TemplateSource> OpenAsync(string? packages, CancellationToken cancellationToken)
    {
        if (PlatformRoot.Find() is not { } root) return new TemplateSource(null, packages);
        if (!Directory.Exists(Path.Combine(root, "node_modules")))
        {
            throw new RefusedException(new CliRefusal("tool_missing", $"The packages of {root} are not installed: run 'npm ci' there, or start the platform once with './run'."));
        }

        return new TemplateSource(root, packages ?? await PackAsync(root, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Writes the files of a template; what is wrong with an argument is wrong usage.</summary>
    public async Task WriteAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        string[] all = packages is null ? [.. arguments] : [.. arguments, "--packages", packages];
        var run = root is null
            ? await Tool.TryRunAsync("npm", ["create", "--yes", "alga-extension", "--", .. all], Environment.CurrentDirectory, cancellationToken).ConfigureAwait(false)
            : await Tool.TryRunAsync("node", [Path.Combine(root, "packages", "create-alga-extension", "scripts", "create-alga-extension.js"), .. all], Environment.CurrentDirectory, cancellationToken).ConfigureAwait(false);
        if (run is null) throw new RefusedException(new CliRefusal("tool_missing", "Node.js is not installed; 'alga-ext doctor' says what to do."));
        if (run.ExitCode == 0) return;
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        throw new RefusedException(new CliRefusal(run.ExitCode == ExitCode.Usage ? CliRefusal.Usage : "template_failed", lines.FirstOrDefault() ?? "The template was not written."));
    }

    private static async Task<string> PackAsync(string root, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(root, ".local", "packages");
        Directory.CreateDirectory(folder);
        string[] workspaces = [.. Packages.SelectMany(name => new[] { "-w", "packages/" + name })];
        if (Packages.Append("create-alga-extension").Any(name => !Directory.Exists(Path.Combine(root, "packages", name, "dist"))))
        {
            await Tool.RunAsync("npm_failed", "npm", ["run", "build", .. workspaces, "-w", "packages/create-alga-extension"], root, cancellationToken).ConfigureAwait(false);
        }

        await Tool.RunAsync("npm_failed", "npm", ["pack", "--ignore-scripts", "--pack-destination", folder, .. workspaces], root, cancellationToken).ConfigureAwait(false);
        return folder;
    }
}
