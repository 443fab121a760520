using Microsoft.Extensions.Logging;

namespace Alga.Extensions.LoadReports;

/// <summary>Event ids 1950-1959.</summary>
internal static partial class Log
{
    [LoggerMessage(1950, LogLevel.Warning, "The load of this process cannot be reported to the scaler; it goes on trying.")]
    public static partial void ReportFailed(ILogger logger, Exception exception);
}
