using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.LoadDriver.Measures;
using Alga.Extensions.LoadDriver.Stack;
using Spectre.Console;

namespace Alga.Extensions.LoadDriver;

/// <summary>The figures of a run, on the screen and as <c>artifacts/bench.json</c>.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Print(IReadOnlyDictionary<string, Measurement> figures)
    {
        var table = new Table().AddColumns("Measure", "Value", "Unit", "Baseline", "Goal", "Met");
        foreach (var (name, figure) in figures)
        {
            table.AddRow(name, Text(figure.Value), figure.Unit, figure.Baseline is { } baseline ? Text(baseline) : "", figure.Goal, figure.IsMet ? "yes" : "NO");
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Writes the figures; those of an earlier run that this one did not take stay.</summary>
    public static void Write(IReadOnlyDictionary<string, Measurement> figures)
    {
        var file = Path.Combine(Paths.Artifacts, "bench.json");
        Directory.CreateDirectory(Paths.Artifacts);
        var all = File.Exists(file) && JsonNode.Parse(File.ReadAllText(file)) is JsonObject old ? old : [];
        foreach (var (name, figure) in figures)
        {
            all[name] = new JsonObject { ["value"] = figure.Value, ["unit"] = figure.Unit, ["baseline"] = figure.Baseline, ["goal"] = figure.Goal };
        }

        File.WriteAllText(file, all.ToJsonString(Indented));
    }

    private static string Text(double value) => value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.###", CultureInfo.InvariantCulture);
}
