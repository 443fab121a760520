using System.Globalization;

namespace Alga.Extensions.EndToEnd.Tests.Support;

/// <summary>A process as the kernel shows it.</summary>
internal sealed record RunningProcess(int Id, string CommandLine)
{
    /// <summary>Whether it still runs; one that has ended and waits for its parent to notice does not.</summary>
    public bool IsRunning => ReadStatus(Id) is { State: not 'Z' } && ReadCommandLine(Id) == CommandLine;

    public static IReadOnlyList<RunningProcess> ChildrenOf(int parent) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && ReadStatus(id) is { State: not 'Z' } status && status.Parent == parent)
            .Select(id => new RunningProcess(id, ReadCommandLine(id)))];

    /// <summary>The environment that it was started with.</summary>
    public IReadOnlyDictionary<string, string?> ReadEnvironment() => ReadOrEmpty($"/proc/{Id}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1], StringComparer.Ordinal);

    /// <summary>Fields 3 and 4 of <c>/proc/{id}/stat</c>, which follow the name in parentheses.</summary>
    private static (char State, int Parent)? ReadStatus(int id)
    {
        var text = ReadOrEmpty($"/proc/{id}/stat");
        if (text.Length == 0) return null;
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
    }

    private static string ReadCommandLine(int id) => ReadOrEmpty($"/proc/{id}/cmdline").Replace('\0', ' ');

    private static string ReadOrEmpty(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return "";
        }
    }
}
