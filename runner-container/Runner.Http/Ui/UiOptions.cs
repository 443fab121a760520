using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Runner.Http;

/// <summary>Reads the settings of user interfaces that have a form to keep.</summary>
internal static class UiOptions
{
    /// <summary>Origins, separated by commas: <c>https://app.example.com,https://*.tenants.example.com</c>.</summary>
    public static IReadOnlyList<string> ReadFrameAncestors(IConfiguration configuration, ConfigurationFaults faults)
    {
        const string name = "EXT_UI_FRAME_ANCESTORS";
        var origins = (configuration[name] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var i = 0; i < origins.Length; i++)
        {
            if (!HostOrigins.IsOrigin(origins[i]))
            {
                faults.Add(name, $"entry {i + 1} is no origin; write scheme and host alone, in ASCII (xn-- for other letters), such as https://app.example.com or https://*.example.com");
            }
        }

        return origins;
    }

    /// <summary>A URL without a path, whose first label may be <see cref="ExtensionUiUrl.HashPlaceholder"/>.</summary>
    public static string? ReadPublicBase(IConfiguration configuration, ConfigurationFaults faults)
    {
        const string name = "RUNNER_PUBLIC_BASE";
        if (configuration[name] is not { } value || string.IsNullOrWhiteSpace(value)) return null;
        if (ExtensionUiUrl.IsPublicBase(value)) return value;
        faults.Add(name, "is no origin; write scheme and host alone, such as https://ext.example.com or https://{hash}.ext.example.com");
        return null;
    }
}
