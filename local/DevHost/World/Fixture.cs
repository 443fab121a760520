using System.Text.Json.Nodes;

namespace Alga.Extensions.DevHost.World;

/// <summary>One answer of the world outside.</summary>
internal sealed record Fixture(string Method, string Url, int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Reads what <c>alga-ext test</c> sends, which has checked it.</summary>
    public static Fixture Read(JsonObject json)
    {
        var headers = (json["headers"] as JsonObject ?? []).ToDictionary(header => header.Key, header => header.Value!.GetValue<string>(), StringComparer.OrdinalIgnoreCase);
        var body = json["json"] is { } value ? value.ToJsonString() : json["body"]?.GetValue<string>() ?? "";
        if (json["json"] is not null) headers.TryAdd("content-type", "application/json");
        return new Fixture(json["method"]?.GetValue<string>() ?? "GET", json["url"]!.GetValue<string>(), json["status"]?.GetValue<int>() ?? 200, headers, body);
    }

    public bool Matches(string method, string url) => method == Method && url == Url;
}
