using System.Text.RegularExpressions;
using Alga.Extensions.Infrastructure.Tests.Bicep;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Alga.Extensions.Infrastructure.Tests.Observability;

/// <summary>
/// Alerts on Application Insights: they ask for metrics and labels that there are, mean what the alert of the same name means, and are
/// deployed. What their queries find in Azure is not tried here.
/// </summary>
public sealed partial class InsightsAlertTests
{
    private static readonly IReadOnlyList<InsightsRule> Rules = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build()
        .Deserialize<InsightsFile>(Repository.Read("observability", "alerts", "insights.yaml")).Rules;

    public static TheoryData<string> Alerts => [.. Rules.Select(rule => rule.Alert)];

    public static TheoryData<string> Environments => [.. Snapshot.Environments];

    [Theory]
    [MemberData(nameof(Alerts))]
    public void Each_asks_for_a_metric_and_for_labels_that_the_docs_list(string alert)
    {
        var query = Rules.Single(rule => rule.Alert == alert).Query;
        var metric = Assert.Single(Metric().Matches(query)).Groups["name"].Value.Replace('.', '_');
        var row = Assert.Single(Repository.Read("docs", "metrics.md").Split('\n'), line => Row(metric).IsMatch(line));

        Assert.All(Label().Matches(query).Select(match => match.Groups["name"].Value), label => Assert.Contains($"`{label}`", row, StringComparison.Ordinal));
        Assert.StartsWith("AppMetrics\n", query, StringComparison.Ordinal);
        // Rows are what the alert counts: without a condition at the end there would always be one.
        Assert.StartsWith("| where ", query.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Each_is_deployed_with_severity_and_runbook_of_the_alert_of_its_name(string environment)
    {
        var deployed = Snapshot.Of(environment).All("Microsoft.Insights/scheduledQueryRules");
        var meanings = RuleFile.Read().SelectMany(group => group.Rules).Where(rule => rule.Alert is not null).ToDictionary(rule => rule.Alert!);

        Assert.Equal(
            Rules.Select(rule => $"{rule.Alert}|{rule.Window}|{rule.Query.TrimEnd()}|{(meanings[rule.Alert].Labels["severity"] == "critical" ? 1 : 2)}|{meanings[rule.Alert].Annotations["runbook"]}").Order(StringComparer.Ordinal),
            deployed.Select(rule => $"{rule.Text("displayName")}|{rule.Text("windowSize")}|{rule.Text("criteria/allOf/0/query")!.TrimEnd()}|{rule.At("severity")}|{rule.Text("description")}").Order(StringComparer.Ordinal));
        Assert.All(deployed, rule => Assert.True(rule.Is("enabled")));
    }

    private static Regex Row(string metric) => new($"^\\| `{metric}(_total|_seconds)?` \\|", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"Name == ""(?<name>[a-z_.]+)""")]
    private static partial Regex Metric();

    [GeneratedRegex(@"Properties\.(?<name>\w+)")]
    private static partial Regex Label();

    private sealed record InsightsFile
    {
        public List<InsightsRule> Rules { get; init; } = [];
    }

    private sealed record InsightsRule
    {
        public string Alert { get; init; } = "";

        public string Window { get; init; } = "";

        public string Query { get; init; } = "";
    }
}
