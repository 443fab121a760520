using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Authentication;

/// <summary>Event ids 1100-1199.</summary>
internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Warning, "The keys of issuer {Issuer} cannot be fetched; the last ones stay in use for a day.")]
    public static partial void IssuerUnreachable(ILogger logger, string issuer, Exception exception);

    [LoggerMessage(1101, LogLevel.Information, "Fetched {Count} keys of issuer {Issuer}.")]
    public static partial void KeysFetched(ILogger logger, string issuer, int count);

    [LoggerMessage(1102, LogLevel.Information, "Refused a token of issuer {Issuer}: {Reason}")]
    public static partial void TokenRefused(ILogger logger, string issuer, string reason);
}
