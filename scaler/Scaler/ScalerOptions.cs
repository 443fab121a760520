using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Secrets;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Scaler;

/// <summary>Settings of the scaler.</summary>
public sealed record ScalerOptions
{
    /// <summary><c>SCALER_GRPC_PORT</c>: where KEDA asks, 0 (any free) to 65,535. Default 8082.</summary>
    public int GrpcPort { get; init; } = 8082;

    /// <summary><c>SCALER_REPORT_PORT</c>: where reports and health checks come, likewise. Default 8081.</summary>
    public int ReportPort { get; init; } = 8081;

    /// <summary>
    /// <c>SCALER_TLS_FOLDER</c>: folder with <c>tls.crt</c>, <c>tls.key</c> and <c>ca.crt</c> (PEM), read anew when they
    /// change; KEDA must show a certificate of that authority. Null for none, which is for one machine only.
    /// </summary>
    public string? TlsFolder { get; init; }

    /// <summary><c>KEY_VAULT_URL</c>: the vault with the key for reports.</summary>
    public required SecretVaultOptions Vault { get; init; }

    /// <summary>Reads and checks all settings.</summary>
    /// <exception cref="ConfigurationException">Lists every fault.</exception>
    public static ScalerOptions Read(IConfiguration configuration)
    {
        var faults = new ConfigurationFaults();
        var folder = configuration["SCALER_TLS_FOLDER"];
        var options = new ScalerOptions
        {
            GrpcPort = faults.Integer("SCALER_GRPC_PORT", configuration["SCALER_GRPC_PORT"], 8082, 0, 65_535),
            ReportPort = faults.Integer("SCALER_REPORT_PORT", configuration["SCALER_REPORT_PORT"], 8081, 0, 65_535),
            TlsFolder = string.IsNullOrWhiteSpace(folder) ? null : folder,
            Vault = SecretVaultOptions.Read(configuration, faults),
        };
        if (options.TlsFolder is null && configuration["ALGA_ENVIRONMENT"] != "Development")
        {
            faults.Add("SCALER_TLS_FOLDER", "is missing; write the folder of tls.crt, tls.key and ca.crt (without TLS is for ALGA_ENVIRONMENT=Development only)");
        }
        else if (options.TlsFolder is not null && !Directory.Exists(options.TlsFolder))
        {
            faults.Add("SCALER_TLS_FOLDER", "is no folder; write the folder of tls.crt, tls.key and ca.crt");
        }

        faults.ThrowIfAny();
        return options;
    }
}
