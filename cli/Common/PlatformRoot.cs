namespace Alga.Extensions.AlgaExt.Common;

/// <summary>The checkout of the platform, for what only it has as long as its packages are in no public registry.</summary>
internal static class PlatformRoot
{
    public const string Variable = "ALGA_PLATFORM";

    /// <summary>What <see cref="Variable"/> names, else the checkout that this program was built in; null when there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given) return Is(given) ? Path.GetFullPath(given) : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Is(folder.FullName)) return folder.FullName;
        }

        return null;
    }

    private static bool Is(string folder) => File.Exists(Path.Combine(folder, "Functions.sln")) && Directory.Exists(Path.Combine(folder, "packages", "create-alga-extension"));
}
