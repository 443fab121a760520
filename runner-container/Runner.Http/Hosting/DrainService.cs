using Microsoft.Extensions.Hosting;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Between being told to stop and closing the door: the runner is not ready, finishes what runs and refuses what comes, for
/// as long as whoever distributes requests may need to notice. Then Kestrel closes, and the records are flushed.
/// </summary>
public sealed class DrainService(RunnerOptions options, TimeProvider time) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        options.DrainMs == 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(options.DrainMs), time, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
