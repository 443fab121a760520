using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Records;

/// <summary>Log lines of the records. Event ids 3300-3319; never reuse one.</summary>
internal static partial class Log
{
    [LoggerMessage(3300, LogLevel.Warning, "The database does not take execution records; they are kept until it does")]
    public static partial void DatabaseAway(ILogger logger, Exception exception);

    [LoggerMessage(3301, LogLevel.Information, "The database takes execution records again; {Bytes} bytes wait on disk")]
    public static partial void DatabaseBack(ILogger logger, long bytes);

    [LoggerMessage(3302, LogLevel.Error, "Gave up {Count} execution records: no room is left in memory and on disk")]
    public static partial void NoRoom(ILogger logger, int count);

    [LoggerMessage(3303, LogLevel.Error, "Gave up execution record {ExecutionId}: the database refuses it")]
    public static partial void Refused(ILogger logger, Guid executionId, Exception exception);

    [LoggerMessage(3304, LogLevel.Warning, "The folder for execution records is out of order; going on without it")]
    public static partial void SpoolUnusable(ILogger logger, Exception exception);

    [LoggerMessage(3305, LogLevel.Warning, "{File} ends in the middle of a record or is damaged: {Bytes} bytes of it are given up")]
    public static partial void TornSegment(ILogger logger, string file, long bytes);

    [LoggerMessage(3306, LogLevel.Information, "Flushed: the database has all execution records")]
    public static partial void Flushed(ILogger logger);

    [LoggerMessage(3307, LogLevel.Error, "The writer of execution records failed and goes on with the next")]
    public static partial void WriterFailed(ILogger logger, Exception exception);
}
