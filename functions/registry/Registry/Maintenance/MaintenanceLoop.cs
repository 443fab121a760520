using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install.Follow;
using Alga.Extensions.Registry.Install.Uninstall;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Registry.Maintenance;

/// <summary>
/// Does by itself what the maintenance routes do on request: moves installs that follow new versions at every turn, purges once an hour,
/// collects orphaned blobs and unused compiled code once a day. Every one of them may run in several registries at once and be cut off anywhere. Event ids 2170 and 2171.
/// </summary>
public sealed partial class MaintenanceLoop(
    InstallFollower follower, InstallPurger purger, BundleCollector collector, MaintenanceInterval interval, TimeProvider time, ILogger<MaintenanceLoop> logger)
    : BackgroundService
{
    private const int Batch = 100;
    private const string ActorName = "platform:maintenance";

    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan CollectEvery = TimeSpan.FromDays(1);

    private readonly long started = time.GetTimestamp();
    private TimeSpan nextPurge = TimeSpan.Zero;
    // It lists the whole store: not at each start of an app that scales to zero and back.
    private TimeSpan nextCollect = TimeSpan.FromHours(1);

    /// <summary>One turn: all that is due now.</summary>
    public async Task TurnAsync(CancellationToken cancellationToken)
    {
        await TryAsync("follow", FollowAsync, cancellationToken).ConfigureAwait(false);
        var uptime = time.GetElapsedTime(started);
        if (uptime >= nextPurge && await TryAsync("purge", PurgeAsync, cancellationToken).ConfigureAwait(false)) nextPurge = uptime + PurgeEvery;
        if (uptime >= nextCollect && await TryAsync("collect", CollectAsync, cancellationToken).ConfigureAwait(false)) nextCollect = uptime + CollectEvery;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (interval.Value == TimeSpan.Zero) return;
        using var timer = new PeriodicTimer(interval.Value, time);
        // The first turn is one interval after the start: what starts and stops at once has better things to do.
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) await TurnAsync(stoppingToken).ConfigureAwait(false);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        FollowReport report;
        do
        {
            // Something changed meanwhile, or cannot be verified now: the next turn begins there again.
            if (!(await follower.RunAsync(NewId(), Batch, cancellationToken).ConfigureAwait(false)).TryGet(out report!, out var refusal))
            {
                LogRefused(logger, refusal.Message);
                return;
            }
        }
        while (report.More);
    }

    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        PurgeReport report;
        do
        {
            report = await purger.PurgeAsync(NewId(), Batch, cancellationToken).ConfigureAwait(false);
        }
        // One that failed is still due: it is left to the next hour.
        while (report.More && report.Failed == 0);
    }

    private async Task CollectAsync(CancellationToken cancellationToken)
    {
        CollectReport? report = null;
        do
        {
            report = await collector.RunAsync(new Actor(ActorName, NewId()), report?.Cursor, Batch, cancellationToken).ConfigureAwait(false);
        }
        while (!report.Done);
    }

    private Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());

    private async Task<bool> TryAsync(string work, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run(cancellationToken).ConfigureAwait(false);
            return true;
        }
#pragma warning disable CA1031 // Database or store may be away; everything here is taken up again by the next turn.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(logger, work, exception);
            return false;
        }
    }

    [LoggerMessage(2170, LogLevel.Error, "Maintenance failed at {Work}; the next turn takes it up again")]
    private static partial void LogFailed(ILogger logger, string work, Exception exception);

    [LoggerMessage(2171, LogLevel.Warning, "Installs that follow new versions were not moved: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}

/// <summary>How often the loop turns.</summary>
/// <param name="Value">Zero: never, since a job calls the maintenance routes.</param>
public sealed record MaintenanceInterval(TimeSpan Value);
