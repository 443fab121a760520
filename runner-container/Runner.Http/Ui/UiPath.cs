using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Http;

/// <summary>A path below <c>/ext-ui/</c>, decoded. It names a file in a table and never one on a disk, so nothing in it is dangerous.</summary>
/// <param name="Extension">First part: the extension's name.</param>
/// <param name="Hash">Second part: the content hash.</param>
/// <param name="File">The rest: the file's name in the bundle, such as <c>ui/index.html</c>.</param>
public readonly record struct UiPath(string Extension, ContentHash Hash, string File)
{
    private const int HashLength = 71;

    /// <summary>Takes a path apart; false where it has no such parts.</summary>
    public static bool TryParse(string? path, out UiPath parts)
    {
        parts = default;
        if (path is null || !path.StartsWith(UiEndpoint.Root, StringComparison.Ordinal)) return false;
        var extensionEnd = path.IndexOf('/', UiEndpoint.Root.Length);
        if (extensionEnd < 0) return false;
        var hashEnd = extensionEnd + 1 + HashLength;
        if (path.Length <= hashEnd || path[hashEnd] != '/' || !ContentHash.TryParse(path[(extensionEnd + 1)..hashEnd], out var hash)) return false;
        parts = new UiPath(path[UiEndpoint.Root.Length..extensionEnd], hash, path[(hashEnd + 1)..]);
        return true;
    }

    /// <summary>Whether the first part names this extension.</summary>
    public bool IsOf(string extension) => string.Equals(Extension, extension, StringComparison.Ordinal);

    /// <summary>Whether a file's name can be a route of the page itself: below <c>ui/</c>, and without an extension.</summary>
    public static bool IsRoute(string file) =>
        file.StartsWith("ui/", StringComparison.Ordinal) && !file.AsSpan(file.LastIndexOf('/') + 1).Contains('.');
}
