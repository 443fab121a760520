using System.Globalization;

namespace Alga.Extensions.Services.Processes;

/// <summary>The processes of this machine, as the kernel shows them under <c>/proc</c>.</summary>
internal static class ProcessTable
{
    /// <summary>A process that lives and has a folder as its working directory or on its command line; null when there is none.</summary>
    public static int? WorkingIn(string folder)
    {
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId) continue;
            if (WorksIn(entry, folder)) return id;
        }

        return null;
    }

    private static bool WorksIn(string entry, string folder)
    {
        try
        {
            // Both are empty for a process that has ended and waits to be buried.
            return new FileInfo(Path.Combine(entry, "cwd")).LinkTarget == folder
                || File.ReadAllText(Path.Combine(entry, "cmdline")).Split('\0').Contains(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or is another user's, who cannot work in this folder.
            return false;
        }
    }
}
