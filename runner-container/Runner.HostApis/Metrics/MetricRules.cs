using System.Text.RegularExpressions;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>What a guest may record. Names and tags become labels of the platform's metrics, so both are narrow.</summary>
internal static partial class MetricRules
{
    public const int MaxTags = 4;
    public const int MaxTagValueLength = 64;

    /// <summary>Null when all is well, else what to change.</summary>
    public static string? FindFault(string name, GuestMetricKind kind, double value, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        if (!NamePattern().IsMatch(name)) return "a metric's name is 1 to 64 lower-case letters, digits, dots and underscores, and starts with a letter";
        if (!double.IsFinite(value)) return $"the value of metric {name} is not a finite number";
        if (kind == GuestMetricKind.Counter && value < 0) return $"counter {name} cannot be decreased; use a gauge";
        if (tags.Count > MaxTags) return $"metric {name} has more than {MaxTags} tags";
        for (var i = 0; i < tags.Count; i++)
        {
            if (!TagPattern().IsMatch(tags[i].Key)) return $"a tag's name of metric {name} is not 1 to 32 lower-case letters, digits and underscores that start with a letter";
            if (tags[i].Key == "extension" || Repeats(tags, i)) return $"tag {tags[i].Key} of metric {name} is there twice; extension is set by the platform";
            if (tags[i].Value.Length > MaxTagValueLength) return $"tag {tags[i].Key} of metric {name} has a value of more than {MaxTagValueLength} characters";
            if (tags[i].Value.Any(char.IsControl)) return $"tag {tags[i].Key} of metric {name} has a value with line breaks or other control characters";
        }

        return null;
    }

    private static bool Repeats(IReadOnlyList<KeyValuePair<string, string>> tags, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (tags[i].Key == tags[index].Key) return true;
        }

        return false;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_.]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagPattern();
}
