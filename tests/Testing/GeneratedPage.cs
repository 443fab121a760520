using Alga.Extensions.Services;

namespace Alga.Extensions.Testing;

/// <summary>Pages of the docs that are made of code. They are committed, so that they can be read without a build, and a test says when one is stale.</summary>
public static class GeneratedPage
{
    /// <summary>Set to anything, it has tests write their pages; <c>npm run write -w docs</c> does.</summary>
    public const string WriteVariable = "ALGA_WRITE_DOCS";

    /// <summary>The committed page; written first where <see cref="WriteVariable"/> is set.</summary>
    /// <param name="path">From the root of the repository, with slashes.</param>
    /// <param name="current">What the code says by now.</param>
    public static string Read(string path, string current)
    {
        var file = Path.Combine(RepositoryRoot.Find(), path);
        if (Environment.GetEnvironmentVariable(WriteVariable) is { Length: > 0 }) File.WriteAllText(file, current);
        return File.ReadAllText(file);
    }
}
