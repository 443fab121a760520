using System.Text.Json;
using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Index;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Registry.Seal;
using Alga.Extensions.Registry.Withdraw;

namespace Alga.Extensions.Registry.Revoke;

/// <summary>
/// Revokes versions: they never run again, wherever they are installed. The index is signed in the same transaction, so the
/// revocation is everywhere or nowhere. Taking one back is an operator's act, and the audit log has both.
/// </summary>
public sealed class VersionRevoker(TenantDatabase database, RegistrySealer sealer, IndexIssuer indexes, AuditLog audit, TimeProvider time)
{
    private const int MaxReasonLength = 500;

    /// <summary>Revokes a version, as its publisher or as an operator; doing it twice changes nothing.</summary>
    public Task<Outcome<RevocationView>> RevokeAsync(Caller caller, Actor actor, string name, string version, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(caller, actor, name, version, reason, revoke: true, cancellationToken);

    /// <summary>Takes a revocation back, as an operator; doing it twice changes nothing.</summary>
    public async Task<Outcome<RevocationView>> RestoreAsync(Caller caller, Actor actor, string name, string version, string reason, CancellationToken cancellationToken) =>
        CallerRights.UnlessOperator(caller) is { } refusal ? refusal : await ChangeAsync(caller, actor, name, version, reason, revoke: false, cancellationToken).ConfigureAwait(false);

    private async Task<Outcome<RevocationView>> ChangeAsync(
        Caller caller, Actor actor, string name, string version, string reason, bool revoke, CancellationToken cancellationToken)
    {
        if (CallerRights.UnlessPublisherOrOperator(caller) is { } stranger) return stranger;
        if (reason.Length is 0 or > MaxReasonLength || reason.Any(char.IsControl)) return new Refusal(ErrorCode.InvalidRequest, $"reason has 1 to {MaxReasonLength} characters and no control characters.");
        var seal = await sealer.GetAsync(cancellationToken).ConfigureAwait(false);
        return await database.TryInPlatformAsync(
            async Task<Outcome<RevocationView>> (connection, transaction) =>
            {
                var locked = await OwnedExtension.LockAsync(transaction, caller, name, cancellationToken).ConfigureAwait(false);
                if (!locked.TryGet(out var extension, out var refusal)) return refusal;
                if (!CatalogQueries.IsVersion(version)) return CatalogQueries.NoVersion(name, version);
                await IndexRows.LockAsync(transaction, extension.Publisher, cancellationToken).ConfigureAwait(false);
                var published = await VersionStore.FindAsync(connection, transaction, name, version, cancellationToken).ConfigureAwait(false);
                if (published is null) return CatalogQueries.NoVersion(name, version);
                var current = await RevocationRows.FindAsync(connection, transaction, name, version, cancellationToken).ConfigureAwait(false);
                if (current is not null == revoke) return RevocationView.Of(name, version, current);
                var wanted = revoke ? new Revocation { Reason = reason, RevokedAt = time.GetDatabaseNow() } : null;
                if (wanted is not null) await RevocationRows.AddAsync(transaction, published.VersionId, wanted, actor.Name, cancellationToken).ConfigureAwait(false);
                else await RevocationRows.RemoveAsync(transaction, published.VersionId, cancellationToken).ConfigureAwait(false);
                var after = RevocationView.Of(name, version, wanted);
                // A restore says why as well, in the state that it leaves.
                var entry = new AuditEntry(
                    revoke ? "version.revoke" : "version.restore", $"{name}@{version}", ToJson(RevocationView.Of(name, version, current)), ToJson(after with { Reason = reason }))
                { Publisher = extension.Publisher };
                await audit.AddAsync(transaction, TenantDatabase.PlatformScope, actor, entry, cancellationToken).ConfigureAwait(false);
                await ExtensionListing.RefreshAsync(transaction, name, cancellationToken).ConfigureAwait(false);
                await indexes.IssueAsync(transaction, name, seal, cancellationToken).ConfigureAwait(false);
                return after;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static string ToJson(RevocationView view) => JsonSerializer.Serialize(view, RegistryJson.Default.RevocationView);
}
