using System.Text.Json;

namespace Alga.Extensions.EndToEnd.Tests.Support;

/// <summary>Asks the platform's Prometheus.</summary>
internal sealed class PrometheusClient(Uri url)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>How many series a query gives.</summary>
    public async Task<int> CountAsync(string query) => (await AskAsync("query?query=" + Uri.EscapeDataString(query))).GetProperty("result").GetArrayLength();

    /// <summary>Names of all metrics.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync() =>
        [.. (await AskAsync("label/__name__/values")).EnumerateArray().Select(name => name.GetString()!)];

    /// <summary>Each rule's name, what is the matter with it, and its last fault.</summary>
    public async Task<IReadOnlyList<(string Name, string Query, string Health)>> RulesAsync() =>
        [.. (await AskAsync("rules")).GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray())
            .Select(rule => (rule.GetProperty("name").GetString()!, rule.GetProperty("query").GetString()!, rule.GetProperty("health").GetString()!))];

    private async Task<JsonElement> AskAsync(string path)
    {
        using var response = await Http.GetAsync(new Uri(url, "/api/v1/" + path));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {text}");
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }
}
