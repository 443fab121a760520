using Alga.Extensions.Services;

namespace Alga.Extensions.Platform.Services;

/// <summary>Where the platform's programs were built: in the same configuration as this one.</summary>
internal static class Programs
{
    public static string Root { get; } = RepositoryRoot.Find();

    public static string Issuer => Built("local/Issuer", "Issuer");

    public static string KeyVault => Built("local/KeyVault", "KeyVault");

    public static string Registry => Built("functions/registry/Registry.Functions", "Registry.Functions");

    public static string Gateway => Built("functions/gateway/Gateway.Functions", "Gateway.Functions");

    public static string Runner => Built("runner-container/Runner.Http", "Runner.Http");

    public static string DemoHost => Built("local/DemoHost", "DemoHost");

    /// <summary>The demo host's page, as it is built.</summary>
    public static string DemoHostPage => Path.Combine(Root, "apps", "demo-host", "dist");

    /// <summary>The admin app, as it is built.</summary>
    public static string AdminPage => Path.Combine(Root, "apps", "admin", "dist");

    /// <summary>The rules of Prometheus.</summary>
    public static string Rules => Path.Combine(Root, "observability", "alerts", "rules.yaml");

    public static string Cli => Built("cli", "AlgaExt");

    /// <summary>This program lies in <c>.../bin/{configuration}/{framework}/</c>, and so does every other.</summary>
    private static string Built(string project, string name)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Root, project, "bin", framework.Parent!.Name, framework.Name, $"Alga.Extensions.{name}.dll");
    }
}
