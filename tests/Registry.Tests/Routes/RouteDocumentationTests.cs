using System.Text.RegularExpressions;
using Alga.Extensions.Registry.Routes;
using Alga.Extensions.Services;

namespace Alga.Extensions.Registry.Tests.Routes;

public sealed partial class RouteDocumentationTests
{
    [Fact]
    public void The_table_in_the_docs_has_the_routes_of_the_code()
    {
        var documented = Row().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "docs", "registry-api.md"))).Select(row => row.Groups["route"].Value);

        Assert.Equal(
            RegistryRoutes.All.Select(route => $"{route.Method} /api/{route.Template}").Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| `(?<route>[A-Z]+ /[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
