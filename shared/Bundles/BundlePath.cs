using System.Buffers;

namespace Alga.Extensions.Bundles;

/// <summary>
/// Rules for names in a bundle: 1 to 255 characters of letters, digits, <c>.</c>, <c>_</c>, <c>-</c> and <c>/</c>, the first a
/// letter or digit; no empty, <c>.</c> or <c>..</c> segment, none ending in a dot, none that Windows takes for a device;
/// short enough in its parts for a ustar header.
/// </summary>
public static class BundlePath
{
    /// <summary>The manifest's name.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>Longest name, in characters; all are ASCII.</summary>
    public const int MaxLength = 255;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/");

    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", .. Numbered("com"), .. Numbered("lpt")], StringComparer.OrdinalIgnoreCase);

    /// <summary>Says what is wrong with a name and what to write instead; null when nothing is.</summary>
    public static string? FindFault(string path)
    {
        if (path.Length == 0) return "the name is empty";
        if (path.Length > MaxLength) return $"the name is longer than {MaxLength} characters; shorten it";
        if (path.AsSpan().ContainsAnyExcept(Allowed)) return "the name has a character other than A-Z a-z 0-9 . _ - /; rename it";
        if (!char.IsAsciiLetterOrDigit(path[0])) return "the name does not start with a letter or digit; rename it";
        foreach (var range in path.AsSpan().Split('/'))
        {
            if (FindSegmentFault(path.AsSpan(range)) is { } fault) return fault;
        }

        return Tar.TarName.FindSplit(path) < 0
            ? $"the name does not fit an archive header: its last {Tar.TarName.NameLength} characters or less must follow a '/'; shorten it"
            : null;
    }

    private static string? FindSegmentFault(ReadOnlySpan<char> segment)
    {
        if (segment.IsEmpty) return "the name has an empty part between slashes";
        if (segment is "." or "..") return "the name has a '.' or '..' part";
        if (segment[^1] == '.') return "a part of the name ends with a dot, which Windows drops; rename it";
        var dot = segment.IndexOf('.');
        var stem = dot < 0 ? segment : segment[..dot];
        return Devices.GetAlternateLookup<ReadOnlySpan<char>>().Contains(stem) ? $"'{segment}' is a device on Windows; rename it" : null;
    }

    private static IEnumerable<string> Numbered(string device) => Enumerable.Range(0, 10).Select(number => $"{device}{number}");
}
