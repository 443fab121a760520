using System.Text;
using System.Text.RegularExpressions;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Services;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>What a scrape finds is what the documentation says.</summary>
public sealed partial class MetricsTests(RunnerFixture runner) : IClassFixture<RunnerFixture>
{
    [Fact]
    public async Task Every_documented_metric_is_served_and_every_served_one_is_documented()
    {
        await runner.ExecuteAsync(await runner.RequestAsync("hello"));
        await runner.ExecuteAsync(await runner.RequestAsync("hello") with { Limits = new ExecuteLimits { Fuel = 1_000_000 } });
        await runner.RefuseAsync(RunnerFixture.Request(ContentHash.Of("missing"u8)));

        var served = await ScrapeAsync();
        var documented = Row().Matches(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Find(), "docs/metrics.md")))
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["type"].Value)
            .Where(row => row.Key.StartsWith("alga_runner_", StringComparison.Ordinal)).ToDictionary();

        Assert.NotEmpty(documented);
        var types = TypeLine().Matches(served).ToDictionary(line => line.Groups["name"].Value, line => line.Groups["type"].Value);
        Assert.Equal(documented.OrderBy(row => row.Key), types.Where(type => type.Key.StartsWith("alga_runner_", StringComparison.Ordinal)).OrderBy(row => row.Key));
        Assert.All(documented.Keys, name => Assert.Matches($"(?m)^# HELP {name} .+$", served));
    }

    [Fact]
    public async Task Durations_have_buckets_of_fractions_of_a_second()
    {
        await runner.ExecuteAsync(await runner.RequestAsync("hello"));
        var served = await ScrapeAsync();
        foreach (var bound in new[] { "0.0001", "0.001", "0.25", "30" })
        {
            Assert.Matches($"alga_runner_execution_duration_seconds_bucket{{[^}}]*extension=\"{Regex.Escape(Publisher.Extension)}\"[^}}]*outcome=\"ok\"[^}}]*le=\"{Regex.Escape(bound)}\"", served);
        }
    }

    [Fact]
    public async Task The_memory_of_guests_is_served()
    {
        await runner.ExecuteAsync(await runner.RequestAsync("hello"));
        Assert.Matches($"alga_runner_execution_memory_bytes_bucket{{[^}}]*extension=\"{Regex.Escape(Publisher.Extension)}\"[^}}]*le=\"262144\"[^}}]*}} [1-9]", await ScrapeAsync());
    }

    [Fact]
    public async Task Tenants_beyond_the_bound_share_one_series()
    {
        for (var i = 0; i < RunnerMetrics.MaxTenantLabels + 5; i++)
        {
            var tenant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            await runner.ExecuteAsync(await runner.RequestAsync("hello", tenant: tenant));
        }

        var tenants = ExecutionTenant().Matches(await ScrapeAsync()).Select(match => match.Groups["tenant"].Value).Distinct().ToList();
        Assert.InRange(tenants.Count, 2, RunnerMetrics.MaxTenantLabels + 1);
        Assert.Contains("other", tenants);
    }

    [Fact]
    public async Task Nothing_of_a_request_but_tenant_and_extension_is_in_a_label()
    {
        await runner.ExecuteAsync(await runner.RequestAsync("hello", "/canary-path-81", "canary-body-82"u8.ToArray()) with { User = new ExecuteUser { Id = "canary-user-83" } });
        Assert.DoesNotContain("canary", await ScrapeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_a_guest_writes_into_its_tags_a_scrape_can_be_read()
    {
        foreach (var (tag, value) in new[]
        {
            ("le", "1"), ("quantile", "0.5"), ("otel_scope_name", "x"), ("otel_scope_version", "x"), ("otel_scope_schema_url", "x"),
            ("emoji", "\U0001F600"), ("line", "a\nb{c=\"d\"} 1"), ("quote", "a\"b\\"), ("nul", "a\0b\r"),
        })
        {
            var request = await runner.RequestAsync("calls", "/metric", Encoding.UTF8.GetBytes("hostile_" + tag));
            await runner.ExecuteAsync(request with { Http = request.Http with { Query = new Dictionary<string, IReadOnlyList<string>> { [tag] = [value] } } });
        }

        // Two names that a scrape writes as one.
        foreach (var name in new[] { "hostile.twin", "hostile_twin" }) await runner.ExecuteAsync(await runner.RequestAsync("calls", "/metric", Encoding.UTF8.GetBytes(name)));

        var text = await ScrapeAsync();
        var families = TypeLine().Matches(text).Select(line => line.Groups["name"].Value).ToList();
        Assert.Equal(families.Distinct(), families);
        Assert.Contains("hostile_twin", text, StringComparison.Ordinal);
        Assert.Contains("hostile_quote", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\ufffd', text);
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#')))
        {
            Assert.Matches(SampleLine(), line);
            var labels = LabelName().Matches(line).Select(match => match.Groups["name"].Value).ToList();
            Assert.Equal(labels.Distinct(), labels);
        }
    }

    /// <summary>A scrape that began after this moment: the exporter repeats its answer for a short while.</summary>
    private async Task<string> ScrapeAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(400));
        return await runner.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
    }

    [GeneratedRegex(@"^\| `(?<name>alga_[a-z_]+)` \| (?<type>\w+) \| [\w ]+ \|[^|]*\|[^|]+\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^[a-zA-Z_:][a-zA-Z0-9_:]*({([a-zA-Z_][a-zA-Z0-9_]*=""([^""\\\x00-\x1f]|\\[\\n""])*"",?)*})? \S+( \d+)?$")]
    private static partial Regex SampleLine();

    [GeneratedRegex(@"[{,](?<name>[a-zA-Z_][a-zA-Z0-9_]*)=""")]
    private static partial Regex LabelName();

    [GeneratedRegex(@"^# TYPE (?<name>\S+) (?<type>\w+)\r?$", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex("^alga_runner_executions_total{[^}]*tenant=\"(?<tenant>[^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex ExecutionTenant();
}
