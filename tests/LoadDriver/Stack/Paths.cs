using Alga.Extensions.Services;

namespace Alga.Extensions.LoadDriver.Stack;

/// <summary>Where the programs were built, and where a run keeps its state.</summary>
internal static class Paths
{
    public static string Root { get; } = RepositoryRoot.Find();

    public static string Platform => Built("local/Platform", "Platform");

    public static string Cli => Built("cli", "AlgaExt");

    public static string Artifacts => Path.Combine(Root, "artifacts");

    public static string State => Path.Combine(Artifacts, "bench-state");

    private static string Built(string project, string name)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Root, project, "bin", framework.Parent!.Name, framework.Name, $"Alga.Extensions.{name}.dll");
    }
}
