using System.Globalization;

namespace Alga.Extensions.LoadDriver.Stack;

/// <summary>The running platform's runner, seen from outside. Linux only.</summary>
internal sealed class RunnerProcess
{
    private const string Program = "Alga.Extensions.Runner.Http.dll";

    private readonly string folder;

    private RunnerProcess(string folder) => this.folder = folder;

    /// <summary>Finds it by its program and the state folder in its environment.</summary>
    public static RunnerProcess Find()
    {
        foreach (var folder in Directory.GetDirectories("/proc").Where(name => int.TryParse(Path.GetFileName(name), out _)))
        {
            try
            {
                if (Read(folder, "cmdline").Contains(Program, StringComparison.Ordinal) && Read(folder, "environ").Contains(Paths.State, StringComparison.Ordinal)) return new RunnerProcess(folder);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or is somebody else's.
            }
        }

        throw new InvalidOperationException("The runner of the platform is not among the processes.");
    }

    /// <summary>Memory that it has in use, code that is mapped from disk included, in MB of 1,000,000 bytes.</summary>
    public double ResidentMb()
    {
        var line = Read(folder, "status").Split('\n').Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    /// <summary>The value of an environment variable that it was started with.</summary>
    public string Setting(string name) =>
        Read(folder, "environ").Split('\0').Single(line => line.StartsWith(name + '=', StringComparison.Ordinal))[(name.Length + 1)..];

    private static string Read(string folder, string file) => File.ReadAllText(Path.Combine(folder, file));
}
