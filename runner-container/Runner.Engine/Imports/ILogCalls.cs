namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>log</c>.</summary>
public interface ILogCalls
{
    void Write(GuestLogLevel level, string message, IReadOnlyList<KeyValuePair<string, string>> fields);
}

/// <summary>Enum <c>level</c>.</summary>
public enum GuestLogLevel
{
    Debug = 0,
    Info,
    Warn,
    Error,
}
