using System.Globalization;
using Alga.Extensions.Services;

namespace Alga.Extensions.Chaos;

/// <summary>The platform's processes as the kernel shows them.</summary>
internal sealed class Parts(int platform)
{
    public static readonly IReadOnlyList<string> Names = ["gateway", "registry", "runner", "postgres", "azurite"];

    private static readonly Dictionary<string, string> Marks = new(StringComparer.Ordinal)
    {
        ["gateway"] = "Alga.Extensions.Gateway.Functions.dll",
        ["registry"] = "Alga.Extensions.Registry.Functions.dll",
        ["runner"] = "Alga.Extensions.Runner.Http.dll",
        ["postgres"] = "bin/postgres",
        ["azurite"] = "azurite.js",
    };

    /// <summary>Ends all processes of a part with a signal, such as <c>KILL</c>, and waits until others are there in their place.</summary>
    public Task EndAsync(string part, string signal, CancellationToken cancellationToken) => EndAsync(part, signal, all: true, cancellationToken);

    /// <summary>Ends one of a part's two processes, and waits until another is there in its place.</summary>
    public Task EndOneAsync(string part, string signal, CancellationToken cancellationToken) => EndAsync(part, signal, all: false, cancellationToken);

    private async Task EndAsync(string part, string signal, bool all, CancellationToken cancellationToken)
    {
        var before = await FindAllAsync(part, cancellationToken);
        var ended = all ? before : [before[^1]];
        await KillAsync(signal, ended, cancellationToken);
        while (FindAll(part) is var now && (now.Count < before.Count || now.Intersect(ended).Any())) await WaitAsync(part, cancellationToken);
    }

    /// <summary>Lets a part, with the processes that it started, stand still for a while.</summary>
    public async Task PauseAsync(string part, TimeSpan duration, CancellationToken cancellationToken)
    {
        var ids = await FindAllAsync(part, cancellationToken);
        int[] all = [.. ids, .. Ids().Where(other => ParentOf(other) is { } parent && ids.Contains(parent))];
        await KillAsync("STOP", all, cancellationToken);
        await Task.Delay(duration, cancellationToken);
        await KillAsync("CONT", all, CancellationToken.None);
    }

    /// <summary>Memory in MB and open handles of a part; null while it is not there.</summary>
    public (int Id, double MemoryMb, int Handles)? Measure(string part)
    {
        if (FindAll(part) is not [var id, ..]) return null;
        var resident = Read($"/proc/{id}/status").Split('\n').FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        if (resident is null) return null;
        var kilobytes = double.Parse(resident.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return (id, kilobytes / 1024, Directory.GetFileSystemEntries($"/proc/{id}/fd").Length);
    }

    /// <summary>Process ids of a part, the oldest first; none while it is not there.</summary>
    private IReadOnlyList<int> FindAll(string part) =>
        [.. Ids().Where(id => ParentOf(id) == platform && Read($"/proc/{id}/cmdline").Contains(Marks[part], StringComparison.Ordinal)).Order()];

    private async Task<IReadOnlyList<int>> FindAllAsync(string part, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (FindAll(part) is [_, ..] ids) return ids;
            await WaitAsync(part, cancellationToken);
        }
    }

    private async Task WaitAsync(string part, CancellationToken cancellationToken)
    {
        if (!Directory.Exists($"/proc/{platform}")) throw new ServiceException($"The platform ended, so that the {part} does not begin anew.");
        await Task.Delay(50, cancellationToken);
    }

    private static async Task KillAsync(string signal, IEnumerable<int> ids, CancellationToken cancellationToken) =>
        await OneShot.RunAsync("kill", ["-" + signal, .. ids.Select(id => id.ToString(CultureInfo.InvariantCulture))], "/", null, cancellationToken);

    private static IEnumerable<int> Ids() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0);

    /// <summary>Field 4 of <c>/proc/{id}/stat</c>; fields follow the name in parentheses.</summary>
    private static int? ParentOf(int id)
    {
        var text = Read($"/proc/{id}/stat");
        return text.Length == 0 ? null : int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return "";
        }
    }
}
