using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Audit;
using Npgsql;

namespace Alga.Extensions.Registry.Install;

/// <summary>What became of a write to an install.</summary>
/// <param name="Install">Its state now.</param>
/// <param name="Created">Whether this write made it.</param>
public sealed record InstallChange(InstallView Install, bool Created);

/// <summary>Changes a tenant's installs: the change, its audit entry and its notices happen together or not at all.</summary>
public sealed class Installer(TenantDatabase database, InstallableVersions versions, AuditLog audit, TimeProvider time)
{
    /// <summary>Brings an install to the given state, making it where there is none.</summary>
    public async Task<Outcome<InstallChange>> PutAsync(
        Guid tenantId, Actor actor, string name, InstallRequest request, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        var found = await versions.FindAsync(name, request.Version, cancellationToken).ConfigureAwait(false);
        if (!found.TryGet(out var version, out var refusal)) return refusal;
        if (!GrantRules.Check(request.Grants, version.Manifest.Capabilities, version.Manifest.Egress).TryGet(out var grants, out refusal)) return refusal;
        var configured = await ConfigRules.CheckAsync(request.Config, version.Manifest.Config, cancellationToken).ConfigureAwait(false);
        if (!configured.TryGet(out var config, out refusal)) return refusal;
        return await database.TryInTenantAsync(
            tenantId,
            async Task<Outcome<InstallChange>> (_, transaction) =>
            {
                var current = await InstallStore.LockAsync(transaction, name, cancellationToken).ConfigureAwait(false);
                if (ifMatch.Check(current) is { } stale) return stale;
                if (version.UnlessFit(current?.VersionId) is { } yanked) return yanked;
                var wanted = Wanted(current, version, grants, config);
                if (current is not null)
                {
                    if (IsSame(current, wanted)) return new InstallChange(current, Created: false);
                    return await SaveAsync(transaction, tenantId, actor, "install.update", current, wanted, cancellationToken).ConfigureAwait(false);
                }

                if (!await InstallStore.InsertAsync(transaction, tenantId, wanted, actor.Name, cancellationToken).ConfigureAwait(false))
                {
                    return new Refusal(ErrorCode.Conflict, "Another admin installed this extension at the same moment; read the install and repeat the change.");
                }

                await AnnounceAsync(transaction, tenantId, actor, "install.create", null, wanted, cancellationToken).ConfigureAwait(false);
                return new InstallChange(wanted, Created: true);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Enables or disables an install; doing it twice changes nothing.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="name">The extension.</param>
    /// <param name="status">A value of <see cref="InstallStatus"/>.</param>
    /// <param name="ifMatch">The state that the admin had seen.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task<Outcome<InstallChange>> SetStatusAsync(
        Guid tenantId, Actor actor, string name, string status, IfMatch ifMatch, CancellationToken cancellationToken) =>
        database.TryInTenantAsync(
            tenantId,
            async Task<Outcome<InstallChange>> (_, transaction) =>
            {
                var current = await InstallStore.LockAsync(transaction, name, cancellationToken).ConfigureAwait(false);
                if (current is null) return NotInstalled(name);
                if (ifMatch.Check(current) is { } stale) return stale;
                if (current.Status == status) return new InstallChange(current, Created: false);
                var wanted = current with { Status = status, Revision = current.Revision + 1, UpdatedAt = Now() };
                var action = status == InstallStatus.Enabled ? "install.enable" : "install.disable";
                return await SaveAsync(transaction, tenantId, actor, action, current, wanted, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Removes an install with its settings; gives what was removed.</summary>
    public Task<Outcome<InstallView>> RemoveAsync(
        Guid tenantId, Actor actor, string name, IfMatch ifMatch, CancellationToken cancellationToken) =>
        database.TryInTenantAsync(
            tenantId,
            async Task<Outcome<InstallView>> (_, transaction) =>
            {
                var current = await InstallStore.LockAsync(transaction, name, cancellationToken).ConfigureAwait(false);
                if (current is null) return NotInstalled(name);
                if (ifMatch.Check(current) is { } stale) return stale;
                await InstallStore.DeleteAsync(transaction, tenantId, current.InstallId, cancellationToken).ConfigureAwait(false);
                await AuditAsync(transaction, tenantId, actor, "install.remove", current, null, cancellationToken).ConfigureAwait(false);
                await InstallNotices.ChangedAsync(transaction, tenantId, current, cancellationToken).ConfigureAwait(false);
                return current;
            },
            cancellationToken);

    /// <summary>The refusal for an extension that the tenant has not installed.</summary>
    public static Refusal NotInstalled(string name) =>
        new(ErrorCode.ExtensionNotInstalled, $"Your tenant has not installed {name}; install it with PUT /api/tenant/installs/{name}.");

    private InstallView Wanted(InstallView? current, InstallableVersion version, InstallGrants grants, JsonElement config)
    {
        var now = Now();
        return new InstallView
        {
            InstallId = current?.InstallId ?? Guid.CreateVersion7(time.GetUtcNow()),
            Name = version.Manifest.Name,
            Version = version.Manifest.Version,
            VersionId = version.VersionId,
            ContentHash = version.ContentHash.ToString(),
            Status = current?.Status ?? InstallStatus.Enabled,
            Grants = grants,
            Config = config,
            Revision = (current?.Revision ?? 0) + 1,
            InstalledAt = current?.InstalledAt ?? now,
            UpdatedAt = now,
        };
    }

    private static bool IsSame(InstallView current, InstallView wanted) =>
        current.VersionId == wanted.VersionId
        && current.Grants.Capabilities.SequenceEqual(wanted.Grants.Capabilities)
        && current.Grants.Egress.SequenceEqual(wanted.Grants.Egress)
        && JsonElement.DeepEquals(current.Config!.Value, wanted.Config!.Value);

    private async Task<InstallChange> SaveAsync(
        NpgsqlTransaction transaction, Guid tenantId, Actor actor, string action, InstallView before, InstallView after, CancellationToken cancellationToken)
    {
        await InstallStore.UpdateAsync(transaction, tenantId, after, cancellationToken).ConfigureAwait(false);
        await AnnounceAsync(transaction, tenantId, actor, action, before, after, cancellationToken).ConfigureAwait(false);
        return new InstallChange(after, Created: false);
    }

    private async Task AnnounceAsync(
        NpgsqlTransaction transaction, Guid tenantId, Actor actor, string action, InstallView? before, InstallView after, CancellationToken cancellationToken)
    {
        await AuditAsync(transaction, tenantId, actor, action, before, after, cancellationToken).ConfigureAwait(false);
        if (after.Status == InstallStatus.Enabled) await InstallNotices.InstalledAsync(transaction, after, cancellationToken).ConfigureAwait(false);
        await InstallNotices.ChangedAsync(transaction, tenantId, after, cancellationToken).ConfigureAwait(false);
    }

    private Task AuditAsync(
        NpgsqlTransaction transaction, Guid tenantId, Actor actor, string action, InstallView? before, InstallView? after, CancellationToken cancellationToken)
    {
        var entry = new AuditEntry(action, (after ?? before)!.Name, ToJson(before), ToJson(after));
        return audit.AddAsync(transaction, tenantId, actor, entry, cancellationToken);
    }

    private static string? ToJson(InstallView? install) =>
        install is null ? null : JsonSerializer.Serialize(install, RegistryJson.Default.InstallView);

    // PostgreSQL keeps microseconds: cut here, so that the answer to a write equals the next read.
    private DateTime Now()
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
