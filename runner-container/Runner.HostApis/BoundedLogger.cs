using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// The platform's log for one invocation, up to a number of lines: a guest that asks a million times for what it is denied must not fill the
/// log that all share. Used on the invocation's thread only.
/// </summary>
internal sealed class BoundedLogger(ILogger inner) : ILogger
{
    /// <summary>Lines of one invocation; the rest is dropped, and counts nowhere.</summary>
    public const int MaxLines = 20;

    private int lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => lines < MaxLines && inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (lines >= MaxLines) return;
        lines++;
        inner.Log(logLevel, eventId, state, exception, formatter);
    }
}
