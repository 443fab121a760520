using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.HostApis.Tests;

/// <summary>A logger that keeps its lines.</summary>
internal sealed class LogLines : ILogger
{
    public List<(LogLevel Level, string Text, IReadOnlyDictionary<string, object?> Values)> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add((logLevel, formatter(state, exception), ((IEnumerable<KeyValuePair<string, object?>>)state!).ToDictionary(pair => pair.Key, pair => pair.Value)));
}
