using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Recordings;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Registry.Install.Uninstall;

/// <summary>
/// Purges uninstalled extensions whose time is over: settings, grants, secrets and what the extension stored; and recordings that
/// have expired. It may be called
/// at any time and any number of times, also by several at once, and goes on where it was cut off. Event ids 2160-2179.
/// </summary>
public sealed partial class InstallPurger(TenantDatabase database, AuditLog audit, RecordingExpiry recordings, TimeProvider time, ILogger<InstallPurger> logger)
{
    /// <summary>Entries deleted in one transaction.</summary>
    private const int BatchEntries = 1_000;

    /// <summary>Entries that one request deletes before it leaves the rest to the next.</summary>
    private const int MaxEntries = 50_000;

    private const string ActorName = "platform:purge";

    /// <summary>Purges what is due, a part of it when it is much.</summary>
    /// <param name="requestId">Our id of the request.</param>
    /// <param name="limit">How many installs at most.</param>
    /// <param name="cancellationToken">Ends the work; what was purged stays purged.</param>
    public async Task<PurgeReport> PurgeAsync(Guid requestId, int limit, CancellationToken cancellationToken)
    {
        var actor = new Actor(ActorName, requestId);
        var due = await database.InPlatformAsync(
            (_, transaction) => PurgeStore.DueAsync(transaction, time.GetDatabaseNow(), limit + 1, cancellationToken), cancellationToken).ConfigureAwait(false);
        var report = new PurgeReport { More = due.Count > limit, RecordingsDeleted = await recordings.RunAsync(cancellationToken).ConfigureAwait(false) };
        foreach (var (owner, name) in due.Take(limit))
        {
            if (report.EntriesDeleted >= MaxEntries) return report with { More = true };
            report = await PurgeOneAsync(report, owner, actor, name, cancellationToken).ConfigureAwait(false);
        }

        return report;
    }

    /// <summary>Purges a tenant's uninstalled extension when its time is over; a refusal when that takes more than one request.</summary>
    public async Task<Refusal?> PurgeWhereDueAsync(Guid tenantId, Actor actor, string name, CancellationToken cancellationToken)
    {
        var done = await TryPurgeAsync(tenantId, actor with { Name = ActorName }, name, MaxEntries, cancellationToken).ConfigureAwait(false);
        return done.IsWhole
            ? null
            : new Refusal(ErrorCode.Conflict, $"What {name} stored here before it was uninstalled is being purged; repeat the request to go on.");
    }

    private async Task<PurgeReport> PurgeOneAsync(PurgeReport report, Guid owner, Actor actor, string name, CancellationToken cancellationToken)
    {
        try
        {
            var done = await TryPurgeAsync(owner, actor, name, MaxEntries - report.EntriesDeleted, cancellationToken).ConfigureAwait(false);
            return report with
            {
                Purged = report.Purged + (done.Deleted ? 1 : 0),
                EntriesDeleted = report.EntriesDeleted + done.Entries,
                More = report.More || !done.IsWhole,
            };
        }
        catch (PostgresException exception) when (!exception.IsTransient)
        {
            // One install that cannot be purged must not keep all others from it; it is counted, logged and tried again.
            LogFailed(logger, owner, name, exception);
            return report with { Failed = report.Failed + 1 };
        }
    }

    private async Task<(bool IsWhole, bool Deleted, int Entries)> TryPurgeAsync(
        Guid tenantId, Actor actor, string name, int maxEntries, CancellationToken cancellationToken)
    {
        var begun = await database.InTenantAsync(
            tenantId, (_, transaction) => PurgeStore.BeginAsync(transaction, name, time.GetDatabaseNow(), cancellationToken), cancellationToken).ConfigureAwait(false);
        if (begun is not { } installId) return (IsWhole: true, Deleted: false, 0);
        var entries = 0;
        for (var batch = BatchEntries; batch == BatchEntries;)
        {
            if (entries >= maxEntries) return (IsWhole: false, Deleted: false, entries);
            batch = await database.InTenantAsync(
                tenantId,
                (_, transaction) => PurgeStore.DeleteEntriesAsync(transaction, tenantId, name, BatchEntries, cancellationToken),
                cancellationToken).ConfigureAwait(false);
            entries += batch;
        }

        var deleted = await database.InTenantAsync(
            tenantId, (_, transaction) => DeleteAsync(transaction, tenantId, actor, name, installId, cancellationToken), cancellationToken).ConfigureAwait(false);
        return (IsWhole: true, deleted, entries);
    }

    private async Task<bool> DeleteAsync(
        NpgsqlTransaction transaction, Guid tenantId, Actor actor, string name, Guid installId, CancellationToken cancellationToken)
    {
        var before = await InstallStore.LockAsync(transaction, name, cancellationToken).ConfigureAwait(false);
        if (before?.InstallId != installId) return false;
        if (!await PurgeStore.DeleteInstallAsync(transaction, tenantId, installId, cancellationToken).ConfigureAwait(false)) return false;
        await InstallAgenda.NoteAsync(transaction, tenantId, before, null, cancellationToken).ConfigureAwait(false);
        await audit.AddAsync(
            transaction, tenantId, actor, new AuditEntry("install.purge", name, InstallWrites.ToJson(before), null), cancellationToken).ConfigureAwait(false);
        return true;
    }

    [LoggerMessage(2160, LogLevel.Error, "The uninstalled extension {Extension} of tenant {TenantId} cannot be purged")]
    private static partial void LogFailed(ILogger logger, Guid tenantId, string extension, Exception exception);
}

/// <summary>What a purge did.</summary>
public sealed record PurgeReport
{
    /// <summary>Installs that are gone.</summary>
    public int Purged { get; init; }

    /// <summary>Entries of extension storage that are gone.</summary>
    public int EntriesDeleted { get; init; }

    /// <summary>Recordings of executions that had expired and are gone, of installs that stay.</summary>
    public int RecordingsDeleted { get; init; }

    /// <summary>Installs that could not be purged; the log says why.</summary>
    public int Failed { get; init; }

    /// <summary>Whether more is due: call again at once.</summary>
    public bool More { get; init; }
}
