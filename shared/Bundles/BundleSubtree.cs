using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>A folder of a bundle with all that is below it, such as <c>ui/</c>.</summary>
public sealed record BundleSubtree
{
    private BundleSubtree(string prefix) => Prefix = prefix;

    /// <summary>The component.</summary>
    public static BundleSubtree Dist { get; } = new("dist/");

    /// <summary>The user interface.</summary>
    public static BundleSubtree Ui { get; } = new("ui/");

    /// <summary>What the names in it start with; ends with a slash.</summary>
    public string Prefix { get; }

    /// <summary>Reads a folder's name, which ends with a slash and before it keeps the rules of <see cref="BundlePath"/>.</summary>
    public static Outcome<BundleSubtree> Parse(string folder)
    {
        if (!folder.EndsWith('/')) return BundleRefusal.Of("A folder's name ends with a slash, as in 'ui/'.");
        return BundlePath.FindFault(folder[..^1]) is { } fault ? BundleRefusal.Of($"This is no folder of a bundle: {fault}.") : new BundleSubtree(folder);
    }

    /// <summary>Whether a file is in it; upper and lower case are different, as they are in a bundle's names.</summary>
    public bool Contains(string path) => path.StartsWith(Prefix, StringComparison.Ordinal);
}
