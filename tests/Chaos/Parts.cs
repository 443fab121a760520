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

    /// <summary>Process id of a part; null while it is not there.</summary>
    public int? Find(string part)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)) continue;
            if (ParentOf(id) == platform && Read($"/proc/{id}/cmdline").Contains(Marks[part], StringComparison.Ordinal)) return id;
        }

        return null;
    }

    /// <summary>Sends a signal, such as <c>KILL</c>, once the part is there.</summary>
    public async Task SignalAsync(string part, string signal, CancellationToken cancellationToken)
    {
        int? id;
        while ((id = Find(part)) is null) await Task.Delay(100, cancellationToken);
        await OneShot.RunAsync("kill", ["-" + signal, id.Value.ToString(CultureInfo.InvariantCulture)], "/", null, cancellationToken);
    }

    /// <summary>Memory in MB and open handles of a part; null while it is not there.</summary>
    public (int Id, double MemoryMb, int Handles)? Measure(string part)
    {
        if (Find(part) is not { } id) return null;
        var resident = Read($"/proc/{id}/status").Split('\n').FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        if (resident is null) return null;
        var kilobytes = double.Parse(resident.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return (id, kilobytes / 1024, Directory.GetFileSystemEntries($"/proc/{id}/fd").Length);
    }

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
