using Alga.Extensions.Services;

namespace Alga.Extensions.EndToEnd.Tests.Support;

/// <summary>Programs that were built with these tests, in the same configuration.</summary>
internal static class Built
{
    public static string Root { get; } = RepositoryRoot.Find();

    public static string Platform => Program("local/Platform", "Platform");

    public static string Gateway => Program("functions/gateway/Gateway.Functions", "Gateway.Functions");

    public static string Chaos => Program("tests/Chaos", "Chaos");

    public static string Cli => Program("cli", "AlgaExt");

    private static string Program(string project, string name)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(Root, project, "bin", framework.Parent!.Name, framework.Name, $"Alga.Extensions.{name}.dll");
    }
}
