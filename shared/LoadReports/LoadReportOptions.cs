using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.LoadReports;

/// <summary>Where load is reported to.</summary>
/// <param name="ScalerUrl">The scaler; null where nobody scales by reports, as on Container Apps.</param>
public sealed record LoadReportOptions(Uri? ScalerUrl)
{
    public const string Variable = "SCALER_URL";

    /// <summary>Reads <c>SCALER_URL</c> (optional).</summary>
    public static LoadReportOptions Read(IConfiguration configuration, ConfigurationFaults faults)
    {
        var value = configuration[Variable];
        return new LoadReportOptions(string.IsNullOrWhiteSpace(value) ? null : faults.Url(Variable, value, "the scaler's URL, such as http://alga-scaler:8081"));
    }
}
