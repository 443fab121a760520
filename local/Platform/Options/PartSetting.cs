using System.Text.RegularExpressions;

namespace Alga.Extensions.Platform.Options;

/// <summary>A setting of one part, in the place of what the part gets anyway.</summary>
/// <param name="Part">gateway, registry or runner; gateway-2 or runner-2 for the second one.</param>
/// <param name="Name">Name of the environment variable.</param>
/// <param name="Value">Its value.</param>
public sealed partial record PartSetting(string Part, string Name, string Value)
{
    /// <summary>Reads <c>PART:NAME=VALUE</c>; null for anything else.</summary>
    public static PartSetting? Parse(string text) => Shape().Match(text) is { Success: true } match
        ? new PartSetting(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)
        : null;

    [GeneratedRegex("^(gateway|gateway-2|registry|runner|runner-2):([A-Za-z_][A-Za-z0-9_]*)=(.*)$", RegexOptions.Singleline)]
    private static partial Regex Shape();
}
