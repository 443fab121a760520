using System.Globalization;
using Alga.Extensions.Services;

namespace Alga.Extensions.Chaos;

/// <summary>
/// A disk of its own for both runners' folders, a tmpfs that only the platform's processes see. It takes root, or a system that lets
/// everybody make namespaces.
/// </summary>
internal sealed class SmallDisk(string folder)
{
    private const int SizeMb = 192;

    /// <summary>Less than any component takes: the next file that is written ends in its middle.</summary>
    private const long LeftBytes = 96 * 1024;

    private static readonly string[] Namespace = Environment.IsPrivilegedProcess
        ? ["unshare", "--mount", "--propagation", "private"]
        : ["unshare", "--map-current-user", "--keep-caps", "--mount", "--propagation", "private"];

    private string At => Path.Combine(folder, "disk");

    /// <summary>Settings of the runners.</summary>
    public IEnumerable<string> Arguments =>
    [
        "--set", "runner:EXT_CACHE_ROOT=" + Path.Combine(At, "runner"), "--set", "runner-2:EXT_CACHE_ROOT=" + Path.Combine(At, "runner-2"),
        "--set", "runner:RUNNER_CACHE_DISK_MB=32", "--set", "runner-2:RUNNER_CACHE_DISK_MB=32",
        "--set", "runner:RUNNER_SPOOL_MB=16", "--set", "runner-2:RUNNER_SPOOL_MB=16",
    ];

    /// <summary>Whether this machine lets such a disk be made.</summary>
    public async Task<bool> IsPossibleAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(At);
        var tried = await OneShot.RunAsync(Namespace[0], [.. Command(["true"]).Skip(1)], "/", null, cancellationToken);
        return tried.ExitCode == 0;
    }

    /// <summary>A command whose processes see the disk.</summary>
    public IReadOnlyList<string> Command(IEnumerable<string> command) =>
    [
        .. Namespace, "sh", "-c", $"mount -t tmpfs -o size={SizeMb.ToString(CultureInfo.InvariantCulture)}m,mode=755 chaos \"$0\" && exec \"$@\"", At, .. command,
    ];

    /// <summary>Fills it up to a last piece that no file fits into.</summary>
    /// <param name="platform">A process that sees it.</param>
    public void Fill(int platform)
    {
        using var file = File.Create(Filler(platform));
        var block = new byte[64 * 1024];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }

        file.SetLength(Math.Max(0, new FileInfo(file.Name).Length - LeftBytes));
    }

    /// <summary>Makes room again.</summary>
    public void Free(int platform) => File.Delete(Filler(platform));

    /// <summary>The first runner's folder, seen through a process inside.</summary>
    public string RunnerFolder(int platform) => Inside(platform, "runner");

    private string Filler(int platform) => Inside(platform, "filler");

    /// <summary>As seen through a process inside: this one does not see the disk.</summary>
    private string Inside(int platform, string name) => $"/proc/{platform.ToString(CultureInfo.InvariantCulture)}/root{Path.Combine(At, name)}";
}
