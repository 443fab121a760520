using Alga.Extensions.Services;

namespace Alga.Extensions.Infrastructure.Tests;

/// <summary>Files of the checkout that these tests look at.</summary>
internal static class Repository
{
    public static string Root { get; } = RepositoryRoot.Find();

    /// <summary>Full path of a file, given relative to the root.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(Path(parts));
}
