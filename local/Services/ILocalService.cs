namespace Alga.Extensions.Services;

/// <summary>A development service in processes of its own. Every one has this shape: start, wait until it ends, stop.</summary>
public interface ILocalService : IAsyncDisposable
{
    /// <summary>Name in messages and of its log file, such as <c>postgres</c>.</summary>
    string Name { get; }

    /// <summary>Loopback ports that it listens on.</summary>
    IReadOnlyList<int> Ports { get; }

    /// <summary>Process id once started, null before.</summary>
    int? ProcessId { get; }

    /// <summary>Starts the process and returns when it serves.</summary>
    /// <exception cref="ServiceException">It did not come up; the message says why and holds the end of its log.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Completes when the process ends, for whatever reason, with a sentence that names it and tells how it ended.</summary>
    Task<string> WaitForExitAsync(CancellationToken cancellationToken);

    /// <summary>Asks it to stop, kills it when it does not within some seconds, and returns when it is gone. Safe to repeat.</summary>
    Task StopAsync();
}
