using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Database;
using Alga.Extensions.LoadReports;
using Alga.Extensions.Secrets;
using Alga.Extensions.TrustedIndexes;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Gateway;

/// <summary>Settings of the gateway.</summary>
/// <param name="RunnerBaseUrl">Where the runner is.</param>
/// <param name="Timeout">How long a call of the runner may take, 1 to 60 s.</param>
/// <param name="DatabaseUrl">The database, as the login of <c>alga_gateway</c>.</param>
/// <param name="Authentication">Whose tokens are accepted.</param>
/// <param name="Vault">Where the service token key is.</param>
public sealed record GatewayOptions(
    Uri RunnerBaseUrl, TimeSpan Timeout, string DatabaseUrl, AuthenticationOptions Authentication, SecretVaultOptions Vault)
{
    /// <summary>Most of <see cref="HoldVariable"/>, in milliseconds.</summary>
    public const int MaxHoldMs = 120_000;

    /// <summary>How the signed indexes of extensions are trusted.</summary>
    public required TrustedIndexOptions Indexes { get; init; }

    /// <summary><c>RUNNER_PUBLIC_BASE</c>: where browsers get the pages of extensions, see <see cref="ExtensionUiUrl"/>; null where no page is shown.</summary>
    public string? RunnerPublicBase { get; init; }

    /// <summary>Azure Storage queue for wake-ups, see <see cref="Events.EventQueue"/>; null for none.</summary>
    public string? EventQueue { get; init; }

    /// <summary>Origins whose pages may call the gateway, in the form in which browsers send them; none by default.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    public const string CorsOriginsVariable = "EXT_GATEWAY_CORS_ORIGINS";
    public const string EventQueueVariable = "EVENT_QUEUE_CONNECTION";
    public const string RunnerVariable = "RUNNER_BASE_URL";
    public const string TimeoutVariable = "EXT_GATEWAY_TIMEOUT_MS";
    public const string HoldVariable = "EXT_GATEWAY_HOLD_MS";

    /// <summary>Default of <see cref="TimeoutVariable"/>, in milliseconds.</summary>
    public const int DefaultTimeoutMs = 5_000;

    /// <summary>How long a request waits while no runner takes connections, 0 to 120 s, beside <see cref="Timeout"/>: for a runner that scales to zero.</summary>
    public TimeSpan Hold { get; init; }

    /// <summary>Where the load is reported to.</summary>
    public LoadReportOptions LoadReports { get; init; } = new(null);

    /// <summary>Reads and checks all settings.</summary>
    /// <exception cref="ConfigurationException">Lists every fault.</exception>
    public static GatewayOptions Read(IConfiguration configuration)
    {
        var faults = new ConfigurationFaults();
        var options = new GatewayOptions(
            faults.Url(RunnerVariable, configuration[RunnerVariable], "the runner's URL, such as http://127.0.0.1:7080"),
            TimeSpan.FromMilliseconds(faults.Integer(TimeoutVariable, configuration[TimeoutVariable], DefaultTimeoutMs, 1_000, 60_000)),
            DatabaseOptions.Read(configuration, faults),
            AuthenticationOptions.Read(configuration, faults),
            SecretVaultOptions.Read(configuration, faults))
        {
            Indexes = TrustedIndexOptions.Read(configuration, faults, isRequired: false),
            RunnerPublicBase = ReadPublicBase(configuration, faults),
            Hold = TimeSpan.FromMilliseconds(faults.Integer(HoldVariable, configuration[HoldVariable], 0, 0, MaxHoldMs)),
            LoadReports = LoadReportOptions.Read(configuration, faults),
            CorsOrigins = Cors.CorsOrigins.Read(configuration[CorsOriginsVariable], faults),
            EventQueue = Events.EventQueue.Read(configuration[EventQueueVariable], faults),
        };
        faults.ThrowIfAny();
        return options;
    }

    private static string? ReadPublicBase(IConfiguration configuration, ConfigurationFaults faults)
    {
        const string name = "RUNNER_PUBLIC_BASE";
        if (configuration[name] is not { } value || string.IsNullOrWhiteSpace(value)) return null;
        if (ExtensionUiUrl.IsPublicBase(value)) return value;
        faults.Add(name, "is no origin; write scheme and host alone, such as https://ext.example.com or https://{hash}.ext.example.com");
        return null;
    }
}
