using System.Globalization;
using System.Text.Json.Nodes;

namespace Alga.Extensions.AlgaExt.Logs;

/// <summary>One execution on one line.</summary>
internal static class ExecutionLine
{
    public static string Write(JsonNode execution)
    {
        var outcome = execution["code"]?.GetValue<string>() ?? "";
        var milliseconds = execution["durationUs"]!.GetValue<long>() / 1000.0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{execution["startedAt"]}  {execution["status"]}  {outcome,-18}  {milliseconds,8:0.0} ms  {execution["version"],-10}  {execution["method"],-6} {Printable(execution["endpoint"]!.GetValue<string>())}  {execution["executionId"]}");
    }

    /// <summary>What an extension wrote must not move the cursor of somebody's terminal.</summary>
    public static string Printable(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (var i = 0; i < source.Length; i++) target[i] = char.IsControl(source[i]) ? ' ' : source[i];
    });
}
