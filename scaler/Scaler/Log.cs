using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Scaler;

/// <summary>Event ids 5000-5009.</summary>
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Warning, "No gateway and no runner has reported its load lately: the autoscaler falls back.")]
    public static partial void Silence(ILogger logger);

    [LoggerMessage(5001, LogLevel.Warning, "A load report was refused: {Reason}.")]
    public static partial void ReportRefused(ILogger logger, string reason);

    [LoggerMessage(5002, LogLevel.Warning, "The key for load reports cannot be read yet.")]
    public static partial void KeyMissing(ILogger logger, Exception exception);
}
