using System.Text;
using System.Text.Json.Nodes;

namespace Alga.Extensions.AlgaExt.Install;

/// <summary>What an extension may do, and what an upgrade would change about it, in plain words.</summary>
internal static class Permissions
{
    /// <summary>Lines for a difference as the registry gives it; each starts on a new line.</summary>
    /// <param name="difference">Member <c>difference</c> of a preview or of what waits.</param>
    public static string Describe(JsonObject difference)
    {
        var text = new StringBuilder();
        foreach (var capability in Texts(difference["capabilities"], "added")) text.Append("\n  + it asks to ").Append(Meaning(capability));
        foreach (var host in Texts(difference["egress"], "added")) text.Append("\n  + it asks to send requests to ").Append(Host(host));
        foreach (var capability in Texts(difference["capabilities"], "removed")) text.Append("\n  - it no longer asks to ").Append(Meaning(capability));
        foreach (var host in Texts(difference["egress"], "removed")) text.Append("\n  - it no longer asks to send requests to ").Append(Host(host));
        foreach (var secret in Texts(difference["secrets"], "added")) text.Append("\n  + it wants a secret that you enter: ").Append(secret);
        foreach (var secret in Texts(difference["secrets"], "removed")) text.Append("\n  - it no longer wants the secret ").Append(secret);
        foreach (var topic in Texts(difference["events"], "added")) text.Append("\n  + it is told of events: ").Append(topic);
        foreach (var topic in Texts(difference["events"], "removed")) text.Append("\n  - it is no longer told of events: ").Append(topic);
        foreach (var endpoint in Texts(difference["endpoints"], "added")) text.Append("\n  + new endpoint ").Append(endpoint);
        foreach (var endpoint in Texts(difference["endpoints"], "removed")) text.Append("\n  - endpoint that goes ").Append(endpoint);
        foreach (var fault in Texts(difference, "configFaults")) text.Append("\n  ! the settings do not fit it: ").Append(fault);
        return text.Length == 0 ? "\n  = it asks for nothing else than now" : text.ToString();
    }

    /// <summary>A sentence about what an install asks for and was not granted; empty when that is nothing.</summary>
    public static string Missing(JsonObject install)
    {
        string[] missing = [.. Texts(install["missing"], "capabilities"), .. Texts(install["missing"], "egress")];
        return missing.Length == 0 ? "" : $"; asked for and not granted: {string.Join(", ", missing)}";
    }

    private static string Meaning(string capability) => capability switch
    {
        "storage.kv" => "store data of its own (storage.kv)",
        "http.fetch" => "send requests to hosts on the internet (http.fetch)",
        "secrets.get" => "read secrets that you enter for it (secrets.get)",
        "metrics.emit" => "record metrics (metrics.emit)",
        _ => capability,
    };

    private static string Host(string pattern) => pattern.StartsWith("*.", StringComparison.Ordinal) ? $"every host below {pattern[2..]} ({pattern})" : pattern;

    private static IEnumerable<string> Texts(JsonNode? node, string member) =>
        node?[member] is JsonArray items ? items.Select(item => item!.GetValue<string>()) : [];
}
