using System.Globalization;

namespace Alga.Extensions.LoadDriver.Stack;

/// <summary>What a runner tells at <c>/metrics</c>, in Prometheus' text format.</summary>
internal sealed class MetricsPage
{
    private readonly string[] lines;

    private MetricsPage(string text) => lines = text.Split('\n');

    /// <summary>Reads the page as it is now: the runner answers with the same text for a moment, which is waited for.</summary>
    public static async Task<MetricsPage> ReadAsync(Uri runner, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        using var client = new HttpClient { BaseAddress = runner };
        return new MetricsPage(await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancellationToken));
    }

    /// <summary>Sum of a metric's series, of those with a label where one is given, such as <c>source="store"</c>; 0 where there is none.</summary>
    public double Sum(string metric, string label = "") => lines
        .Where(line => line.StartsWith(metric + "{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
}
