using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Services;

namespace Alga.Extensions.Platform.Steps;

/// <summary>Builds what is written in TypeScript, by the commands that a publisher uses, where anything has changed.</summary>
internal static class NodeBuild
{
    // In the order of what needs what.
    private static readonly string[] Workspaces =
    [
        "packages/iframe-protocol", "packages/extension-sdk", "packages/iframe-sdk", "packages/host-bridge", "packages/ui-kit",
        "apps/demo-host", "apps/admin", "samples/hello", "samples/agreements",
    ];

    private static readonly string[] Results =
        ["apps/demo-host/dist/index.html", "apps/admin/dist/index.html", "samples/hello/dist/main.wasm", "samples/agreements/dist/main.wasm", "samples/agreements/ui/index.html"];

    public static async Task RunAsync(string repositoryRoot, CancellationToken cancellationToken)
    {
        var stamp = Path.Combine(repositoryRoot, "samples", "hello", "dist", ".built-from");
        var sources = HashSources(repositoryRoot);
        if (Results.All(result => File.Exists(Path.Combine(repositoryRoot, result))) && File.Exists(stamp)
            && await File.ReadAllTextAsync(stamp, cancellationToken).ConfigureAwait(false) == sources) return;

        string[] arguments = ["run", "build", .. Workspaces.SelectMany(workspace => new[] { "-w", workspace })];
        var result = await OneShot.RunAsync("npm", arguments, repositoryRoot, null, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0) throw new ServiceException($"The samples do not build (npm {string.Join(' ', arguments)}):\n{result.Output}{result.Error}");
        await File.WriteAllTextAsync(stamp, sources, cancellationToken).ConfigureAwait(false);
    }

    private static string HashSources(string repositoryRoot)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = Workspaces.Append("shared/wit")
            .SelectMany(source => Directory.EnumerateFiles(Path.Combine(repositoryRoot, source), "*", SearchOption.AllDirectories))
            .Where(file => !Path.GetRelativePath(repositoryRoot, file).Split('/').Any(part => part is "dist" or "ui" or "node_modules"))
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
