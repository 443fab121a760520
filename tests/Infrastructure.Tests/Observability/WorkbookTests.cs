using System.Text.Json.Nodes;
using Alga.Extensions.Infrastructure.Tests.Bicep;

namespace Alga.Extensions.Infrastructure.Tests.Observability;

/// <summary>The Azure workbook shows what the overview dashboard shows; that one's queries are tried on a running platform.</summary>
public sealed class WorkbookTests
{
    [Fact]
    public void Its_queries_are_those_of_the_overview()
    {
        var panels = JsonNode.Parse(Repository.Read("observability", "dashboards", "overview.json"))!["panels"]!.AsArray()
            .Select(panel => $"{panel!["title"]}: {panel["targets"]![0]!["expr"]!.ToString().Replace("$__rate_interval", "5m", StringComparison.Ordinal)}");
        var items = Items(Repository.Read("observability", "dashboards", "workbook.json"))
            .Select(item => $"{item["title"]}: {JsonNode.Parse(item["query"]!.ToString())!["query"]}");

        Assert.Equal(panels, items);
    }

    [Fact]
    public void What_is_deployed_reads_the_workspace_of_its_environment()
    {
        var workbook = Assert.Single(Snapshot.Of("prod").All("Microsoft.Insights/workbooks"));
        var data = workbook.Text("serializedData")!;

        Assert.Contains("metricsId", workbook.Text("sourceId")!, StringComparison.Ordinal);
        // Filled in where the workspace's id is known.
        Assert.Contains("__METRICS_ID__", data, StringComparison.Ordinal);
        Assert.StartsWith("[replace(", data, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonNode> Items(string json) => JsonNode.Parse(json)!["items"]!.AsArray().Select(item => item!["content"]!);
}
