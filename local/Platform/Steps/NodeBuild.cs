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
        var files = FindSources(repositoryRoot);
        var sources = HashSources(repositoryRoot, files);
        if (await IsBuiltAsync(repositoryRoot, stamp, files, sources, cancellationToken).ConfigureAwait(false)) return;

        string[] arguments = ["run", "build", .. Workspaces.SelectMany(workspace => new[] { "-w", workspace })];
        var result = await OneShot.RunAsync("npm", arguments, repositoryRoot, null, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0) throw new ServiceException($"The samples do not build (npm {string.Join(' ', arguments)}):\n{result.Output}{result.Error}");
        await File.WriteAllTextAsync(stamp, sources, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> IsBuiltAsync(string repositoryRoot, string stamp, IReadOnlyList<string> files, string sources, CancellationToken cancellationToken)
    {
        var results = Results.Select(result => Path.Combine(repositoryRoot, result)).ToList();
        if (!results.TrueForAll(File.Exists)) return false;
        if (File.Exists(stamp)) return await File.ReadAllTextAsync(stamp, cancellationToken).ConfigureAwait(false) == sources;
        // Somebody else has built, as `npm run build` does. Building once more would take from under them what others read meanwhile.
        var changed = files.Max(File.GetLastWriteTimeUtc);
        return results.TrueForAll(result => File.GetLastWriteTimeUtc(result) > changed);
    }

    private static List<string> FindSources(string repositoryRoot) =>
        [.. Workspaces.Append("shared/wit").SelectMany(source => FilesIn(Path.Combine(repositoryRoot, source)))
            .Append(Path.Combine(repositoryRoot, "package-lock.json")).Order(StringComparer.Ordinal)];

    /// <summary>Without what is built, which may come and go while this looks.</summary>
    private static IEnumerable<string> FilesIn(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder).Where(child => Path.GetFileName(child) is not ("dist" or "ui" or "node_modules")).SelectMany(FilesIn));

    private static string HashSources(string repositoryRoot, IReadOnlyList<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(repositoryRoot, file)));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
