using Microsoft.Extensions.Logging;

namespace Alga.Extensions.LocalFunctions;

/// <summary>Event ids 1900-1999.</summary>
internal static partial class Log
{
    [LoggerMessage(1900, LogLevel.Information, "Function {Name} serves /{Route}")]
    public static partial void Serving(ILogger logger, string name, string route);
}
