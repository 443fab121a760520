namespace Alga.Extensions.Services;

/// <summary>Finds the repository that the running program was built in.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder with <c>Functions.sln</c>, absolute, searched from the program's own folder upwards.</summary>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Functions.sln"))) return folder.FullName;
        }

        throw new ServiceException($"No Functions.sln above {AppContext.BaseDirectory}: run this program from a checkout of the repository.");
    }
}
