using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Dev;

/// <summary>The program that runs extensions on this machine, of the platform's checkout.</summary>
internal static class DevHostProgram
{
    private const string Project = "local/DevHost";

    // As this program was built itself, where it lies in a checkout.
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name is "Debug" ? "Debug" : "Release";

    /// <summary>Its file; it is built where it is missing.</summary>
    /// <param name="needsPage">Whether the demo host's page has to be there too.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    public static async Task<string> FindAsync(bool needsPage, CancellationToken cancellationToken)
    {
        var root = PlatformRoot.Find() ?? throw new RefusedException(new CliRefusal(
            "platform_missing", $"There is no checkout of the platform to run on: set {PlatformRoot.Variable} to its folder."));
        var program = Path.Combine(root, Project, "bin", Configuration, "net10.0", "Alga.Extensions.DevHost.dll");
        if (!File.Exists(program))
        {
            await Tool.RunAsync("platform_build_failed", "dotnet", ["build", Project, "-c", Configuration, "--nologo", "-v", "quiet", "-p:RunAnalyzers=false", "-p:GenerateDocumentationFile=false"], root, cancellationToken).ConfigureAwait(false);
        }

        if (!needsPage) return program;
        if (!File.Exists(Path.Combine(root, "apps", "demo-host", "dist", "index.html")))
        {
            await Tool.RunAsync("platform_build_failed", "npm", ["run", "build", "-w", "packages/iframe-protocol", "-w", "packages/host-bridge", "-w", "apps/demo-host"], root, cancellationToken).ConfigureAwait(false);
        }

        // The demo host serves the admin app too and wants its folder, whatever is in it.
        Directory.CreateDirectory(Path.Combine(root, "apps", "admin", "dist"));
        return program;
    }
}
