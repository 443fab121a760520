using System.Text.RegularExpressions;
using System.Xml.Linq;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Architecture.Tests;

/// <summary>Tables in the docs that the code can contradict.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void The_error_table_in_the_docs_is_the_one_in_the_code()
    {
        var documented = ErrorRow().Matches(SourceTree.Read("docs/errors.md"))
            .Select(row => (Name: row.Groups["name"].Value, Status: int.Parse(row.Groups["status"].ValueSpan, provider: null)))
            .OrderBy(row => row.Name, StringComparer.Ordinal);
        var known = ErrorTable.All.Select(row => (row.Name, row.Status)).OrderBy(row => row.Name, StringComparer.Ordinal);

        Assert.Equal(known, documented);
    }

    [Fact]
    public void Every_pinned_package_has_a_reason()
    {
        var reasons = SourceTree.Read("docs/dependencies.md");
        var pinned = XDocument.Parse(SourceTree.Read("Directory.Packages.props"))
            .Descendants("PackageVersion").Select(item => (string)item.Attribute("Include")!);

        Assert.DoesNotContain(pinned, package => !reasons.Contains($"`{package}`", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_test_that_the_threat_model_names_exists()
    {
        var named = TestName().Matches(SourceTree.Read("docs/threat-model.md")).Select(match => (Class: match.Groups["class"].Value, Name: match.Groups["name"].Value)).Distinct().ToList();
        var sources = SourceTree.Files("tests", "*.cs").Select(SourceTree.Read).ToList();

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, test => !sources.Exists(source =>
            source.Contains($"class {test.Class}", StringComparison.Ordinal) && source.Contains($" {test.Name}(", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"^\| `(?<name>[a-z_]+)` \| (?<status>\d{3}) \|", RegexOptions.Multiline)]
    private static partial Regex ErrorRow();

    [GeneratedRegex(@"`(?<class>[A-Za-z]+Tests)\.(?<name>[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();
}
