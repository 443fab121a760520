using System.Diagnostics;

namespace Alga.Extensions.Runner.Records.Tests;

/// <summary>A disk of 1 MiB in memory, where a folder was.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string folder;

    private SmallDisk(string folder) => this.folder = folder;

    /// <summary>Mounts it; null where this process may not.</summary>
    public static SmallDisk? TryMount(string folder) =>
        Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=1m", "test", folder) ? new SmallDisk(folder) : null;

    /// <summary>Fills it up to so many bytes with one file, and gives its name.</summary>
    public string Fill(int leaving)
    {
        var name = Path.Combine(folder, "filler");
        using var file = File.Create(name);
        var block = new byte[4096];
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

        file.SetLength(new FileInfo(name).Length - leaving);
        return name;
    }

    // Lazily: the spool may hold its file still.
    public void Dispose() => Run("umount", "--lazy", folder);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
