using Alga.Extensions.Services;

namespace Alga.Extensions.Testing;

/// <summary>Programs of this repository, built in the configuration of the test that runs them.</summary>
public static class BuiltProgram
{
    /// <summary>A program's assembly. A test lies in <c>.../bin/{configuration}/{framework}/</c>, and so does every program.</summary>
    /// <param name="project">The project's folder, from the root of the repository.</param>
    /// <param name="name">Its name behind <c>Alga.Extensions.</c></param>
    public static string Find(string project, string name)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(RepositoryRoot.Find(), project, "bin", framework.Parent!.Name, framework.Name, $"Alga.Extensions.{name}.dll");
    }
}
