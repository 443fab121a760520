using System.Text.Json.Serialization;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>One figure of a run.</summary>
/// <param name="Value">What was measured.</param>
/// <param name="Unit">Such as <c>us</c>, <c>ms</c>, <c>MB</c> or <c>ratio</c>.</param>
/// <param name="Baseline">The same of what it is compared with, in the unit of the raw figures; null where the goal is absolute.</param>
/// <param name="Goal">What it should be, such as <c>&gt;= 0.5</c>.</param>
public sealed record Measurement(double Value, string Unit, double? Baseline, string Goal)
{
    /// <summary>Whether the goal, <c>&lt;=</c> or <c>&gt;=</c> a number, is met.</summary>
    [JsonIgnore]
    public bool IsMet
    {
        get
        {
            var limit = double.Parse(Goal[2..], System.Globalization.CultureInfo.InvariantCulture);
            return Goal.StartsWith("<=", StringComparison.Ordinal) ? Value <= limit : Value >= limit;
        }
    }
}
