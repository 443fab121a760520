using System.Globalization;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Logs;

namespace Alga.Extensions.AlgaExt.Dev;

/// <summary>Shows what happens, a line each: events as text, or with <c>--json</c> as the objects that they are.</summary>
internal sealed class DevPrinter(TextWriter output, bool json, string folder)
{
    private readonly Lock gate = new();

    public void Show(JsonObject facts)
    {
        if (facts["event"]?.GetValue<string>() == "denied" && Place(facts) is { } place) facts["at"] = place;
        var line = json ? facts.ToJsonString() : Describe(facts);
        lock (gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    public void Show(string kind, JsonObject facts)
    {
        facts["event"] = kind;
        Show(facts);
    }

    private static string Describe(JsonObject facts)
    {
        // What an extension wrote must not move the cursor of the terminal.
        string Text(string name) => ExecutionLine.Printable(facts[name]?.ToString() ?? "");
        return facts["event"]?.GetValue<string>() switch
        {
            "call" => $"{Text("method"),-6} {Text("path")}  {Text("status")} {Text("code")} {Milliseconds(facts["durationUs"])}",
            "log" => $"  {Text("level"),-11} {Text("message")} {Text("fields")}",
            "denied" => $"  denied      {Text("message")}{(facts["at"] is { } at ? $" ({at})" : "")}",
            "unanswered" => $"  no fixture  {Text("method")} {Text("url")}",
            "live" => $"live in {Text("milliseconds")} ms: {Text("name")} {Text("version")}",
            "fault" => $"not live, the version before goes on: {Text("message")}{string.Concat((facts["errors"] as JsonArray ?? []).Select(error => "\n  " + ExecutionLine.Printable(error!.ToString())))}",
            "started" => $"gateway {Text("gateway")}   page {Text("page")}   token {Text("tokenFile")}",
            _ => $"{Text("event")}: {Text("message")} {Text("exception")}",
        };
    }

    private static string Milliseconds(JsonNode? microseconds) =>
        microseconds is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{microseconds.GetValue<long>() / 1000.0:0.0} ms");

    private string? Place(JsonObject facts)
    {
        var file = Path.Combine(folder, "manifest.json");
        return File.Exists(file) ? ManifestLines.Find(File.ReadAllText(file), facts["message"]?.ToString() ?? "") : null;
    }
}
