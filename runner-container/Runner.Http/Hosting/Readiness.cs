using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>Whether the runner may receive work: after its dependencies answered once, and until it is told to stop.</summary>
public sealed class Readiness
{
    private readonly TaskCompletionSource verified = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken stopping;

    public Readiness(IHostApplicationLifetime lifetime, ILogger<Readiness> logger)
    {
        stopping = lifetime.ApplicationStopping;
        stopping.Register(() => Log.Draining(logger));
    }

    /// <summary>Whether it was told to stop: what comes now is refused.</summary>
    public bool IsStopping => stopping.IsCancellationRequested;

    public bool IsReady => verified.Task.IsCompleted && !stopping.IsCancellationRequested;

    /// <summary>The dependencies answered.</summary>
    public void SetVerified() => verified.TrySetResult();

    /// <summary>Waits for that.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => verified.Task.WaitAsync(cancellationToken);
}
