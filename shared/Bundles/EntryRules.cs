using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>The rules between entries, which writer and reader apply alike: order, uniqueness, count and size.</summary>
internal sealed class EntryRules(BundleLimits limits)
{
    // A file is stored as its name, a directory with a slash at its end; both by the spelling first seen.
    private readonly Dictionary<string, string> seen = new(StringComparer.OrdinalIgnoreCase);
    private string? previous;
    private int count;

    /// <summary>Takes the next entry, whose name <see cref="BundlePath"/> accepts; a refusal when it breaks a rule.</summary>
    public Refusal? Admit(string path, long size)
    {
        if (++count > limits.MaxFiles) return BundleRefusal.Of($"The bundle has more than {limits.MaxFiles} files. Leave some out.");
        if (size > limits.MaxFileBytes)
            return BundleRefusal.Of($"{path}: the file has {size} bytes, more than the {limits.MaxFileBytes} allowed. Make it smaller.");
        if (previous is not null && string.CompareOrdinal(previous, path) > 0)
            return BundleRefusal.Damaged($"{path}: names must be sorted, and this one comes before '{previous}'.");
        previous = path;
        return AdmitDirectories(path) ?? AdmitFile(path);
    }

    private Refusal? AdmitDirectories(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            var directory = path[..(slash + 1)];
            if (seen.TryGetValue(path[..slash], out var file))
                return BundleRefusal.Of($"{path}: '{file}' is a file and cannot also be a directory. Rename one.");
            if (seen.TryGetValue(directory, out var spelling) && spelling != directory)
                return BundleRefusal.Of($"{path}: its directory differs from '{spelling}' only in upper and lower case. Spell both alike.");
            seen.TryAdd(directory, directory);
        }

        return null;
    }

    private Refusal? AdmitFile(string path)
    {
        if (seen.TryGetValue(path + "/", out var directory))
            return BundleRefusal.Of($"{path}: '{directory}' is a directory and cannot also be a file. Rename one.");
        return seen.TryAdd(path, path)
            ? null
            : BundleRefusal.Of($"{path}: the name is there twice, or differs from '{seen[path]}' only in upper and lower case. Rename one.");
    }
}
