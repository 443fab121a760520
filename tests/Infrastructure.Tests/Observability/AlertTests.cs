using System.Diagnostics;
using Alga.Extensions.Infrastructure.Tests.Bicep;

namespace Alga.Extensions.Infrastructure.Tests.Observability;

/// <summary>The one file of rules: right by Prometheus's own tool, each alert tried, each with a runbook, and what is deployed.</summary>
public sealed class AlertTests
{
    public static TheoryData<string> Alerts => [.. RuleFile.Read().SelectMany(group => group.Rules).Select(rule => rule.Alert).OfType<string>()];

    public static TheoryData<string> Environments => [.. Snapshot.Environments];

    [Theory]
    [InlineData("check", "rules", "rules.yaml")]
    [InlineData("test", "rules", "tests.yaml")]
    public async Task Prometheus_own_tool_accepts_the_rules(string verb, string what, string file)
    {
        var (exitCode, output) = await PromtoolAsync(verb, what, file);
        Assert.True(exitCode == 0, output);
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public void Each_alert_is_tried_in_a_case_where_it_fires_and_in_one_where_it_does_not(string alert)
    {
        var cases = Repository.Read("observability", "alerts", "tests.yaml").Split("  - name: ").Where(text => text.Contains($"alertname: {alert}\n", StringComparison.Ordinal)).ToList();

        Assert.Contains(cases, text => text.Contains("exp_labels:", StringComparison.Ordinal));
        Assert.Contains(cases, text => text.Contains("exp_alerts: []", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public void Each_alert_has_a_runbook_that_says_what_it_means_and_what_to_do(string alert)
    {
        var runbook = Repository.Read("docs", "runbooks", alert + ".md");

        Assert.StartsWith($"# {alert}\n", runbook, StringComparison.Ordinal);
        Assert.Contains("\n## Look at\n", runbook, StringComparison.Ordinal);
        Assert.Contains("\n## Do\n", runbook, StringComparison.Ordinal);
        var rule = RuleFile.Read().SelectMany(group => group.Rules).Single(rule => rule.Alert == alert);
        Assert.Equal($"docs/runbooks/{alert}.md", rule.Annotations["runbook"]);
    }

    [Fact]
    public void There_is_no_runbook_without_an_alert() =>
        Assert.Equal(
            RuleFile.Read().SelectMany(group => group.Rules).Select(rule => rule.Alert).OfType<string>().Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Repository.Path("docs", "runbooks")).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Environments))]
    public void What_is_deployed_is_what_is_tested(string environment)
    {
        var deployed = Snapshot.Of(environment).All("Microsoft.AlertsManagement/prometheusRuleGroups");
        var tested = RuleFile.Read();

        Assert.Equal(tested.Count, deployed.Count);
        Assert.All(tested.Zip(deployed), pair => Assert.EndsWith($"-{pair.First.Name}", pair.Second.Name, StringComparison.Ordinal));
        Assert.Equal(tested.SelectMany(group => group.Rules.Select(Line)), deployed.SelectMany(group => group.At("rules")!.AsArray()).Select(rule => string.Join(
            '|',
            rule!["record"]?.ToString() ?? rule["alert"]!.ToString(),
            rule["expression"],
            rule["for"]?.ToString() ?? "",
            rule["labels"]?["severity"]?.ToString() ?? "",
            rule["annotations"]?["runbook"]?.ToString() ?? "",
            rule["annotations"]?["summary"]?.ToString() ?? "")));

        static string Line(Rule rule) => string.Join(
            '|',
            rule.Record ?? rule.Alert,
            rule.Expr,
            rule.Alert is null ? "" : $"PT{(rule.For ?? "0m").ToUpperInvariant()}",
            rule.Labels.GetValueOrDefault("severity", ""),
            rule.Annotations.GetValueOrDefault("runbook", ""),
            rule.Annotations.GetValueOrDefault("summary", ""));
    }

    private static async Task<(int ExitCode, string Output)> PromtoolAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("promtool", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Path("observability", "alerts"),
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
