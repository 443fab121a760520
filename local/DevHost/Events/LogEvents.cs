using Microsoft.Extensions.Logging;

namespace Alga.Extensions.DevHost.Events;

/// <summary>The runner's log as events: what the guest logs, what it was denied, and what goes wrong in the platform.</summary>
internal sealed class LogEvents(EventWriter events) : ILoggerProvider
{
    private const int GuestLine = 3100;
    private const int Denied = 3104;

    public ILogger CreateLogger(string categoryName) => new Logger(events, categoryName.StartsWith("Alga.", StringComparison.Ordinal) ? LogLevel.Debug : LogLevel.Error);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(EventWriter events, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var level = logLevel.ToString().ToLowerInvariant();
            if (eventId.Id == GuestLine) events.Write("log", new() { ["level"] = level, ["message"] = Value(state, "GuestMessage"), ["fields"] = Value(state, "GuestFields"), ["requestId"] = Value(state, "RequestId") });
            else if (eventId.Id == Denied) events.Write("denied", new() { ["message"] = Value(state, "Reason"), ["requestId"] = Value(state, "RequestId") });
            else if (logLevel >= LogLevel.Warning) events.Write("platform", new() { ["level"] = level, ["message"] = formatter(state, exception), ["exception"] = exception?.Message });
        }

        private static string? Value(object? state, string name) =>
            state is IEnumerable<KeyValuePair<string, object?>> values ? values.FirstOrDefault(value => value.Key == name).Value?.ToString() : null;
    }
}
