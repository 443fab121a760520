namespace Alga.Extensions.Services.Processes;

/// <summary>How a child process is started.</summary>
public sealed record ChildOptions
{
    /// <summary>Name in messages.</summary>
    public required string Name { get; init; }

    /// <summary>Program, looked up in PATH when it is no path.</summary>
    public required string FileName { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables on top of this process's own; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public required string WorkingDirectory { get; init; }

    /// <summary>File that standard output and error are appended to.</summary>
    public required string LogFile { get; init; }

    /// <summary>User to run as when this process is root; null for the same user.</summary>
    public string? User { get; init; }

    /// <summary>Signal that asks it to stop in good order: SIGTERM unless said otherwise.</summary>
    public int StopSignal { get; init; } = Native.SigTerm;

    /// <summary>How long it may take to stop before it is killed.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);
}
