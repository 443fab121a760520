using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>Log lines of the recordings. Event ids 3320-3339; never reuse one.</summary>
internal static partial class Log
{
    [LoggerMessage(3320, LogLevel.Warning, "The recording of execution {ExecutionId} of install {InstallId} was not stored")]
    public static partial void NotWritten(ILogger logger, Guid executionId, Guid installId, Exception exception);

    [LoggerMessage(3321, LogLevel.Information, "Execution {ExecutionId} of install {InstallId} is larger than a recording may be")]
    public static partial void TooLarge(ILogger logger, Guid executionId, Guid installId);
}
