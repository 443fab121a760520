using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install.Events;
using Alga.Extensions.Registry.Install.History;
using Alga.Extensions.Registry.Install.Schedules;
using Alga.Extensions.Registry.Recordings;
using Npgsql;

namespace Alga.Extensions.Registry.Install.State;

/// <summary>What a write makes of an install.</summary>
/// <param name="After">The state to store; the very state that was seen for no change. Revision and time are set when it is stored.</param>
/// <param name="Action">For the audit log, such as <c>install.upgrade</c>.</param>
public sealed record InstallPlan(InstallState After, string Action);

/// <summary>What became of a write.</summary>
/// <param name="Install">The state now.</param>
/// <param name="Before">The state before; null when there was no install.</param>
public sealed record InstallWrite(InstallState Install, InstallState? Before)
{
    /// <summary>Whether anything was changed.</summary>
    public bool Changed => !ReferenceEquals(Install, Before);
}

/// <summary>
/// Changes a tenant's installs. A write sees a state, plans another in its own time (signatures are checked, manifests read),
/// and stores it only when nobody was faster. All that belongs to a change, history, subscriptions, agenda, audit entry and
/// notices, is derived here from the states before and after, in the change's transaction: none can be forgotten.
/// </summary>
public sealed class InstallWrites(TenantDatabase database, AuditLog audit, TimeProvider time)
{
    private const int MaxAttempts = 8;

    /// <summary>Changes an install that is not uninstalled.</summary>
    public Task<Outcome<InstallWrite>> ChangeAsync(
        Guid tenantId, Actor actor, string name, IfMatch ifMatch, Func<InstallState, Task<Outcome<InstallPlan>>> plan, CancellationToken cancellationToken) =>
        RunAsync(
            tenantId,
            actor,
            name,
            seen => seen is null ? Installer.NotInstalled(name) : InstallRefusals.UnlessInstalled(seen) ?? ifMatch.Check(seen),
            seen => plan(seen!),
            cancellationToken);

    /// <summary>Changes whatever is there, be it nothing or an install that is uninstalled.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="name">The extension.</param>
    /// <param name="refuse">Looks at the state before the plan is made.</param>
    /// <param name="plan">Made again from the newer state when somebody was faster.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Outcome<InstallWrite>> RunAsync(
        Guid tenantId,
        Actor actor,
        string name,
        Func<InstallState?, Refusal?> refuse,
        Func<InstallState?, Task<Outcome<InstallPlan>>> plan,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var seen = await FindAsync(tenantId, name, cancellationToken).ConfigureAwait(false);
            if (refuse(seen) is { } refused) return refused;
            if (!(await plan(seen).ConfigureAwait(false)).TryGet(out var planned, out var refusal)) return refusal;
            if (ReferenceEquals(planned.After, seen)) return new InstallWrite(seen, seen);
            var after = planned.After with { Revision = (seen?.Revision ?? 0) + 1, UpdatedAt = time.GetDatabaseNow() };
            if (seen is null) after = after with { InstalledAt = after.UpdatedAt };
            if (await SaveAsync(tenantId, actor, planned.Action, seen, after, cancellationToken).ConfigureAwait(false)) return new InstallWrite(after, seen);
        }

        return new Refusal(ErrorCode.Conflict, "Other admins change this install at the same moment; read the install and repeat the change.");
    }

    /// <summary>The install as it is, or null.</summary>
    public Task<InstallState?> FindAsync(Guid tenantId, string name, CancellationToken cancellationToken) =>
        database.InTenantAsync(tenantId, (_, transaction) => InstallStore.FindAsync(transaction, name, cancellationToken), cancellationToken);

    private Task<bool> SaveAsync(
        Guid tenantId, Actor actor, string action, InstallState? before, InstallState after, CancellationToken cancellationToken) =>
        database.InTenantAsync(
            tenantId,
            async (_, transaction) =>
            {
                var stored = before is null
                    ? await InstallStore.InsertAsync(transaction, tenantId, after, actor.Name, cancellationToken).ConfigureAwait(false)
                    : await InstallStore.UpdateAsync(transaction, tenantId, after, cancellationToken).ConfigureAwait(false);
                if (!stored) return false;
                await FollowUpAsync(transaction, tenantId, actor, action, before, after, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    private async Task FollowUpAsync(
        NpgsqlTransaction transaction, Guid tenantId, Actor actor, string action, InstallState? before, InstallState after, CancellationToken cancellationToken)
    {
        var isOtherVersion = before?.VersionId != after.VersionId;
        if (isOtherVersion) await InstallHistory.AddAsync(transaction, tenantId, actor, action, before, after, cancellationToken).ConfigureAwait(false);
        if (!after.IsInstalled) await EventSubscriptions.RemoveAsync(transaction, tenantId, after.InstallId, cancellationToken).ConfigureAwait(false);
        else if (isOtherVersion || before is { IsInstalled: false }) await EventSubscriptions.ReplaceAsync(transaction, tenantId, after, cancellationToken).ConfigureAwait(false);
        var runsOtherwise = isOtherVersion || before?.Status != after.Status;
        if (runsOtherwise) await InstallSchedules.SyncAsync(transaction, tenantId, after, cancellationToken).ConfigureAwait(false);
        if (before is not null && before.Recording != after.Recording) await RecordingStore.NoteAsync(transaction, tenantId, after.UpdatedAt, cancellationToken).ConfigureAwait(false);
        await InstallAgenda.NoteAsync(transaction, tenantId, before, after, cancellationToken).ConfigureAwait(false);
        await audit.AddAsync(transaction, tenantId, actor, new AuditEntry(action, after.Name, ToJson(before), ToJson(after)), cancellationToken).ConfigureAwait(false);
        if (after.Status == InstallStatus.Enabled)
        {
            await InstallNotices.InstalledAsync(transaction, after.ContentHash, after.UpdatedAt, cancellationToken).ConfigureAwait(false);
            if (after.Rollout is { } rollout) await InstallNotices.InstalledAsync(transaction, rollout.ContentHash, after.UpdatedAt, cancellationToken).ConfigureAwait(false);
        }

        await InstallNotices.ChangedAsync(transaction, tenantId, after, cancellationToken).ConfigureAwait(false);
        if (runsOtherwise && after.Status == InstallStatus.Enabled) await EventAgenda.NoteAsync(transaction, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A state as the audit log keeps it.</summary>
    internal static string? ToJson(InstallState? install) =>
        install is null ? null : JsonSerializer.Serialize(install, RegistryJson.Default.InstallState);
}
