using System.Text.Json;
using System.Text.RegularExpressions;
using Alga.Extensions.EndToEnd.Tests.Support;

namespace Alga.Extensions.EndToEnd.Tests.Observability;

/// <summary>Dashboards and rules, asked of a Prometheus that scrapes the running platform.</summary>
[Collection(PlatformCollection.Name)]
public sealed partial class DashboardTests(PlatformFixture platform)
{
    private static readonly string Folder = Path.Combine(Built.Root, "observability");

    public static TheoryData<string> Dashboards => ["overview", "tenant", "extension", "runner"];

    [Theory]
    [MemberData(nameof(Dashboards))]
    public async Task No_panel_is_empty_while_there_is_traffic(string dashboard)
    {
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "dashboards", dashboard + ".json")));
        var queries = json.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Select(target => (Panel: panel.GetProperty("title").GetString()!, Query: Fill(target.GetProperty("expr").GetString()!))))
            .ToList();
        Assert.NotEmpty(queries);

        await WaitUntilAsync(async () =>
        {
            await TrafficAsync();
            var empty = new List<string>();
            foreach (var (panel, query) in queries)
            {
                if (await platform.Prometheus.CountAsync(query) == 0) empty.Add($"{panel}: {query}");
            }

            return empty;
        });
    }

    [Fact]
    public async Task Every_metric_and_label_that_a_rule_asks_for_exists()
    {
        var rules = await platform.Prometheus.RulesAsync();
        Assert.NotEmpty(rules);
        var recorded = rules.Select(rule => rule.Name).Where(name => name.Contains(':', StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);

        await WaitUntilAsync(async () =>
        {
            await TrafficAsync();
            var missing = new List<string>();
            foreach (var (name, query, _) in rules)
            {
                foreach (var selector in Selector().Matches(query).Where(match => !recorded.Contains(match.Groups["metric"].Value)).AsEnumerable())
                {
                    var metric = selector.Groups["metric"].Value;
                    var labels = MatchedLabel().Matches(selector.Groups["labels"].Value).Concat(GroupedLabel().Matches(query)).Select(match => match.Groups["label"].Value);
                    foreach (var label in labels.Append("job").Distinct())
                    {
                        if (await platform.Prometheus.CountAsync($"{metric}{{{label}!=\"\"}}") == 0) missing.Add($"{name}: {metric} has no {label}");
                    }
                }
            }

            return missing;
        });
    }

    [Fact]
    public async Task Prometheus_evaluates_every_rule() =>
        await WaitUntilAsync(async () => [.. (await platform.Prometheus.RulesAsync()).Where(rule => rule.Health != "ok").Select(rule => $"{rule.Name}: {rule.Health}")]);

    [Fact]
    public async Task Every_metric_that_a_part_serves_is_documented()
    {
        await TrafficAsync();
        var documented = await File.ReadAllTextAsync(Path.Combine(Built.Root, "docs", "metrics.md"));
        var names = (await platform.Prometheus.NamesAsync())
            // When a series began is told beside it.
            .Where(name => name.StartsWith("alga_", StringComparison.Ordinal) && !name.EndsWith("_created", StringComparison.Ordinal))
            .Select(name => Suffix().Replace(name, "")).Distinct().ToList();

        Assert.NotEmpty(names);
        Assert.DoesNotContain(names, name => !documented.Contains($"`{name}`", StringComparison.Ordinal));
    }

    private static string Fill(string query) => Variable().Replace(query.Replace("$__rate_interval", "1m", StringComparison.Ordinal), ".*");

    /// <summary>Waits until nothing is wrong any more: the next scrape shows what is there.</summary>
    private static async Task WaitUntilAsync(Func<Task<List<string>>> find)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (await find() is { Count: > 0 } wrong)
        {
            Assert.False(patience.IsCancellationRequested, string.Join('\n', wrong));
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    private async Task TrafficAsync()
    {
        foreach (var user in new[] { "ada", "linus" })
        {
            var answer = await platform.Gateway.GetAsync(PlatformFixture.Sample, "/greetings/panels", platform.Token(user));
            Assert.True(answer.Status == 200, answer.Text);
        }

        // A refusal, so that there is more than one outcome.
        await platform.Gateway.GetAsync(PlatformFixture.Sample, "/there/is/no/such/endpoint", platform.Token("ada"));
        // One of the runner's own: whatever the gateway asks of it has a token.
        using var client = new HttpClient();
        using var refused = await client.PostAsync(new Uri($"{platform.RunnerUrl}/v1/execute"), content: null);
        Assert.False(refused.IsSuccessStatusCode);
    }

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?<![\w:""])(?<metric>(alga[a-z_:0-9]+|up))(?<labels>\{[^}]*\})?(?=[\s\[){]|$)")]
    private static partial Regex Selector();

    [GeneratedRegex(@"[{,](?<label>[a-z]+)(=|!=|=~|!~)")]
    private static partial Regex MatchedLabel();

    [GeneratedRegex(@"by \((?<label>[a-z]+)\)")]
    private static partial Regex GroupedLabel();

    [GeneratedRegex("_(bucket|count|sum)$")]
    private static partial Regex Suffix();
}
