using System.Globalization;
using System.Text.RegularExpressions;

namespace Alga.Extensions.Platform.Options;

/// <summary>One kind of part reaches another by a port of 127.0.0.1 on which something in between listens, such as a proxy that breaks connections.</summary>
/// <param name="From">gateway, registry or runner.</param>
/// <param name="To">runner, postgres or blobs.</param>
/// <param name="Port">1 to 65535.</param>
public sealed partial record Detour(string From, string To, int Port)
{
    /// <summary>Reads <c>FROM:TO=PORT</c>; null for anything else.</summary>
    public static Detour? Parse(string text) =>
        Shape().Match(text) is { Success: true } match && int.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture) is >= 1 and <= 65535 and var port
            ? new Detour(match.Groups[1].Value, match.Groups[2].Value, port)
            : null;

    [GeneratedRegex("^(gateway(?=:(?:runner|postgres)=)|registry(?=:(?:postgres|blobs)=)|runner(?=:(?:postgres|blobs)=)):([a-z]+)=([0-9]{1,5})$")]
    private static partial Regex Shape();
}
