namespace Alga.Extensions.Bundles.Tar;

/// <summary>How a path is laid into the two name fields of a ustar header.</summary>
internal static class TarName
{
    public const int NameLength = 100;
    public const int PrefixLength = 155;

    /// <summary>
    /// Where to cut a path: 0 to leave the prefix empty, else the index of the slash between prefix and name; -1 when no cut fits.
    /// There is one cut for each path, so that it has one header: none where none is needed, else the last slash that fits.
    /// </summary>
    public static int FindSplit(string path)
    {
        if (path.Length <= NameLength) return 0;
        var slash = path.AsSpan(0, Math.Min(path.Length, PrefixLength + 1)).LastIndexOf('/');
        return slash > 0 && path.Length - slash - 1 is > 0 and <= NameLength ? slash : -1;
    }
}
