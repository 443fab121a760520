using Microsoft.Extensions.Logging;

namespace Alga.Extensions.HttpEdge;

/// <summary>Event ids 1000-1099.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Error, "Request {RequestId} failed.")]
    public static partial void Unhandled(ILogger logger, Guid requestId, Exception exception);

    [LoggerMessage(1001, LogLevel.Debug, "The caller of request {RequestId} has gone.")]
    public static partial void CallerGone(ILogger logger, Guid requestId);

    [LoggerMessage(1002, LogLevel.Information, "Request {RequestId} is malformed: {Reason}")]
    public static partial void BadRequest(ILogger logger, Guid requestId, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "Request {RequestId} cannot be answered: {Name} does not answer.")]
    public static partial void Outage(ILogger logger, Guid requestId, string name, Exception exception);
}
