using Alga.Extensions.Contracts.Configuration;

namespace Alga.Extensions.Gateway.Cors;

/// <summary>Reads which origins' pages may call the gateway from a browser.</summary>
internal static class CorsOrigins
{
    /// <summary>Most origins that can be named.</summary>
    public const int MaxCount = 100;

    private const string Expected =
        "is no list of exact origins; write scheme, host and port as browsers send them, separated by commas, such as https://app.example.com,https://app.example.com:8443 "
        + "(no *, no null, no path, lower case; http is for this machine only)";

    /// <summary>The origins; none where nothing is set.</summary>
    public static IReadOnlyList<string> Read(string? value, ConfigurationFaults faults)
    {
        if (string.IsNullOrWhiteSpace(value)) return [];
        string[] origins = [.. value.Split(',', StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
        if (origins.Length > MaxCount || !origins.All(IsExact)) faults.Add(GatewayOptions.CorsOriginsVariable, Expected);
        return origins;
    }

    /// <summary>Whether a text is an origin in the one form in which a browser sends it: compared with anything else it would never match.</summary>
    private static bool IsExact(string text) =>
        text.All(char.IsAscii)
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        && url.UserInfo.Length == 0
        && !text.Contains('*', StringComparison.Ordinal)
        && url.GetLeftPart(UriPartial.Authority) == text;
}
