using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Logs;

namespace Alga.Extensions.AlgaExt.Replay;

/// <summary>A replay for a person.</summary>
internal static class ReplayText
{
    private const int MaxShown = 400;

    /// <summary>All of it, step by step.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="events">What happened, in order; the last says how it ended.</param>
    /// <param name="sameBundle">Whether the bundle is the recorded one; null where nobody knows.</param>
    public static string Describe(JsonObject recording, IReadOnlyList<JsonObject> events, bool? sameBundle)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{recording["extensionId"]} {recording["version"]}, {recording["startedAt"]}: {Asked(recording)}");
        text.AppendLine(sameBundle switch { true => "", false => "\nThe bundle is another one than was recorded.", null => "\nRuns what was built from the folder." });
        foreach (var facts in events) Append(text, facts);
        return text.ToString().TrimEnd();
    }

    private static void Append(StringBuilder text, JsonObject facts)
    {
        switch (facts["event"]?.GetValue<string>())
        {
            case "step":
                text.AppendLine(CultureInfo.InvariantCulture, $"{facts["number"],3}  {facts["name"]} {Short(facts["arguments"])}  {facts["tookUs"]!.GetValue<long>() / 1000.0:0.0} ms when recorded");
                text.AppendLine(facts["answer"] is { } answer ? $"     -> {Short(answer)}" : "     -> the platform failed here");
                break;
            case "log":
                text.AppendLine(CultureInfo.InvariantCulture, $"     {facts["level"],-5} {Short(facts["message"])} {Fields(facts["fields"])}");
                break;
            case "metric":
                text.AppendLine(CultureInfo.InvariantCulture, $"     metric {Short(facts["name"])} {facts["value"]} {Fields(facts["tags"])}");
                break;
            case "ended":
                AppendEnd(text, facts);
                break;
        }
    }

    private static void AppendEnd(StringBuilder text, JsonObject facts)
    {
        if (facts["diverged"] is { } diverged)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"\nStep {diverged["step"]} differs from the recording.");
            text.AppendLine($"  expected  {Short(diverged["expected"])}");
            text.AppendLine($"  actual    {Short(diverged["actual"])}");
            return;
        }

        text.AppendLine($"\n{End(facts["end"]!)}");
        text.AppendLine(facts["same"]!.GetValue<bool>() ? "As recorded." : $"Recorded was: {End(facts["recorded"]!)}");
    }

    private static string End(JsonNode end) => end["code"] is { } code
        ? $"Ended with {code}: {Short(end["message"])}"
        : $"Answered {end["status"]}{(end["body"] is { } body ? $": {Short(body)}" : "")}";

    private static string Asked(JsonObject recording) => recording["request"] is { } request
        ? $"{Short(request["method"])} {Short(request["path"])}"
        : $"event {Short(recording["event"]?["topic"])}";

    private static string Fields(JsonNode? fields) => fields is JsonObject { Count: > 0 } ? Short(fields) : "";

    private static string Short(JsonNode? node)
    {
        var text = node is JsonValue value && value.TryGetValue<string>(out var plain) ? plain : node?.ToJsonString(Readable) ?? "";
        return ExecutionLine.Printable(text.Length <= MaxShown ? text : text[..MaxShown] + " ...");
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
