using System.Text.Json;
using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Index;
using Alga.Extensions.Registry.Install.Follow;
using Alga.Extensions.Registry.Seal;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Withdraw;

/// <summary>
/// Yanks versions and brings them back. A yank only says "not for new installs": the version, its blobs and its installs stay, and its number is
/// never free again.
/// </summary>
public sealed class VersionYanker(TenantDatabase database, RegistrySealer sealer, IndexIssuer indexes, AuditLog audit, TimeProvider time)
{
    /// <summary>Yanks a version, or gives it as it is where that was done already with the same reason.</summary>
    public Task<Outcome<VersionSummary>> YankAsync(Caller caller, Actor actor, string name, string version, string reason, CancellationToken cancellationToken)
    {
        if (Notice.FindFault("reason", reason) is { } fault) return Task.FromResult<Outcome<VersionSummary>>(fault);
        var wanted = new YankView(reason, CallerRights.IsOperator(caller), time.GetDatabaseNow());
        return ChangeAsync(caller, actor, name, version, wanted, cancellationToken);
    }

    /// <summary>Brings a version back for new installs, or gives it as it is where it is not yanked.</summary>
    public Task<Outcome<VersionSummary>> UnyankAsync(Caller caller, Actor actor, string name, string version, CancellationToken cancellationToken) =>
        ChangeAsync(caller, actor, name, version, null, cancellationToken);

    private async Task<Outcome<VersionSummary>> ChangeAsync(
        Caller caller, Actor actor, string name, string version, YankView? wanted, CancellationToken cancellationToken)
    {
        if (CallerRights.UnlessPublisherOrOperator(caller) is { } stranger) return stranger;
        var seal = await sealer.GetAsync(cancellationToken).ConfigureAwait(false);
        return await database.TryInPlatformAsync(
            async Task<Outcome<VersionSummary>> (_, transaction) =>
            {
                var locked = await OwnedExtension.LockAsync(transaction, caller, name, cancellationToken).ConfigureAwait(false);
                if (!locked.TryGet(out var extension, out var refusal)) return refusal;
                if (!CatalogQueries.IsVersion(version)) return CatalogQueries.NoVersion(name, version);
                var current = await VersionQueries.FindSummaryAsync(transaction, name, version, cancellationToken).ConfigureAwait(false);
                if (current is null) return CatalogQueries.NoVersion(name, version);
                if (current.Yanked?.Reason == wanted?.Reason && current.Yanked?.ByOperator == wanted?.ByOperator) return current;
                if (current.Yanked is { ByOperator: true } && !CallerRights.IsOperator(caller)) return OwnedExtension.OnlyOperators($"{name} {version} was yanked");
                await IndexRows.LockAsync(transaction, extension.Publisher, cancellationToken).ConfigureAwait(false);
                await WriteAsync(transaction, actor, current.VersionId, wanted, cancellationToken).ConfigureAwait(false);
                await ExtensionListing.RefreshAsync(transaction, name, cancellationToken).ConfigureAwait(false);
                if (wanted is null) await FollowQueue.AddAsync(transaction, name, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
                var entry = new AuditEntry(wanted is null ? "version.unyank" : "version.yank", $"{name}@{version}", ToJson(current.Yanked), ToJson(wanted)) { Publisher = extension.Publisher };
                await audit.AddAsync(transaction, TenantDatabase.PlatformScope, actor, entry, cancellationToken).ConfigureAwait(false);
                await indexes.IssueAsync(transaction, name, seal, cancellationToken).ConfigureAwait(false);
                return current with { Yanked = wanted };
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static Task<int> WriteAsync(NpgsqlTransaction transaction, Actor actor, Guid versionId, YankView? wanted, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            wanted is null
                ? "delete from extension_version_yank where version_id = @versionId"
                : """
                insert into extension_version_yank (version_id, reason, by_operator, yanked_by, yanked_at)
                values (@versionId, @reason, @byOperator, @yankedBy, @at)
                on conflict (version_id) do update
                set reason = excluded.reason, by_operator = excluded.by_operator, yanked_by = excluded.yanked_by, yanked_at = excluded.yanked_at
                """,
            new { versionId, reason = wanted?.Reason, byOperator = wanted?.ByOperator, yankedBy = actor.Name, at = wanted?.At },
            transaction,
            cancellationToken: cancellationToken));

    private static string? ToJson(YankView? yank) => yank is null ? null : JsonSerializer.Serialize(yank, RegistryJson.Default.YankView);
}
