using System.Xml.Linq;

namespace Alga.Extensions.Architecture.Tests;

/// <summary>A C# project as its file describes it.</summary>
/// <param name="Path">Relative to the root, such as <c>shared/Bundles/Bundles.csproj</c>.</param>
/// <param name="References">Paths of the projects it references.</param>
/// <param name="Packages">Names of the packages it references.</param>
internal sealed record Project(string Path, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    private static readonly string[] Folders = ["shared", "functions", "runner-container", "scaler", "infra", "cli", "local", "tests"];

    public static IReadOnlyList<Project> All { get; } =
        [.. Folders.SelectMany(folder => SourceTree.Files(folder, "*.csproj")).Order(StringComparer.Ordinal).Select(Read)];

    private static Project Read(string path)
    {
        var xml = XDocument.Parse(SourceTree.Read(path));
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.Combine(SourceTree.Root, path))!;
        return new(
            path,
            [.. Includes(xml, "ProjectReference")
                .Where(reference => !reference.Contains("$(", StringComparison.Ordinal))
                .Select(reference => System.IO.Path.GetRelativePath(
                    SourceTree.Root, System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, reference.Replace('\\', '/')))).Replace('\\', '/'))],
            [.. Includes(xml, "PackageReference")]);
    }

    private static IEnumerable<string> Includes(XDocument xml, string element) =>
        xml.Descendants(element).Select(item => (string?)item.Attribute("Include")).OfType<string>();
}
