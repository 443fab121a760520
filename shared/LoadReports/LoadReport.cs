using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alga.Extensions.LoadReports;

/// <summary>How many executions one process has in flight at a moment: those that run and those that wait to.</summary>
/// <param name="Source">The process, as long as it lives.</param>
/// <param name="Component">Which kind of process it is.</param>
/// <param name="InFlight">0 to <see cref="MaxInFlight"/>.</param>
/// <param name="At">When it was counted, milliseconds since 1970; grows from report to report.</param>
public sealed record LoadReport(Guid Source, LoadComponent Component, int InFlight, long At)
{
    /// <summary>Where the scaler takes reports.</summary>
    public const string Path = "/v1/load";

    /// <summary>Scheme of the <c>Authorization</c> header: <c>Alga-Load</c> and the MAC in base64.</summary>
    public const string Scheme = "Alga-Load";

    /// <summary>Most that a report may say; more is no process of this platform.</summary>
    public const int MaxInFlight = 100_000;

    /// <summary>Most bytes of a report.</summary>
    public const int MaxBytes = 1024;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, LoadReportJson.Default.LoadReport);

    /// <summary>Reads a report.</summary>
    /// <returns>Null when it is none, or one with values out of range.</returns>
    public static LoadReport? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var report = JsonSerializer.Deserialize(json, LoadReportJson.Default.LoadReport);
            return report is { InFlight: >= 0 and <= MaxInFlight } && report.Source != Guid.Empty && Enum.IsDefined(report.Component) ? report : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Who reports.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LoadComponent>))]
public enum LoadComponent
{
    /// <summary>Counts what it forwards, from when it holds a request for the runner until the answer.</summary>
    Gateway,

    /// <summary>Counts the same requests once they reached it, and those that came another way.</summary>
    Runner,
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LoadReport))]
internal sealed partial class LoadReportJson : JsonSerializerContext;
