using Microsoft.Extensions.Logging;

namespace Alga.Extensions.TrustedIndexes;

/// <summary>Event ids 1400-1419.</summary>
internal static partial class Log
{
    [LoggerMessage(1400, LogLevel.Error, "The index of {Extension} has number {Number}, but {Highest} was seen before: refused as a rollback, or two of one number")]
    public static partial void RolledBack(ILogger logger, string extension, long number, long highest);

    [LoggerMessage(1401, LogLevel.Error, "The index of {Extension} is refused: {Reason}")]
    public static partial void IndexRefused(ILogger logger, string extension, string reason);

    [LoggerMessage(1402, LogLevel.Warning, "The index of {Extension} cannot be read now")]
    public static partial void SourceUnavailable(ILogger logger, string extension, Exception exception);

    [LoggerMessage(1403, LogLevel.Warning, "The numbers of the indexes cannot be read now; what is held is relied on for a while")]
    public static partial void PollFailed(ILogger logger, Exception exception);

    [LoggerMessage(1404, LogLevel.Warning, "Not told of new indexes for now, only polling: the database connection failed")]
    public static partial void ListeningFailed(ILogger logger, Exception exception);

    [LoggerMessage(1405, LogLevel.Warning, "What was remembered of the index of {Extension} does not verify and is dropped: {Reason}")]
    public static partial void MarkDropped(ILogger logger, string extension, string reason);

    [LoggerMessage(1406, LogLevel.Warning, "The folder that remembers indexes over a restart is out of order; going on without it")]
    public static partial void MemoryUnusable(ILogger logger, Exception exception);
}
