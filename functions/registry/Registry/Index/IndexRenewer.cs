using System.Text.Json;
using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Seal;
using Npgsql;

namespace Alga.Extensions.Registry.Index;

/// <summary>Signs indexes anew: before they expire, after the registry's key changed, and with a higher number when an operator says so.</summary>
public sealed class IndexRenewer(
    TenantDatabase database, NpgsqlDataSource dataSource, CatalogQueries catalog, RegistrySealer sealer, IndexIssuer issuer, IndexLifetime lifetime, AuditLog audit, TimeProvider time)
{
    private const int Batch = 200;

    /// <summary>Signs anew what has less than half of its life left or another key. Safe to repeat and to run in several processes.</summary>
    /// <returns>How many were signed.</returns>
    public async Task<int> RenewAsync(CancellationToken cancellationToken)
    {
        var seal = await sealer.GetAsync(cancellationToken).ConfigureAwait(false);
        for (var renewed = 0; ;)
        {
            var due = await ListDueAsync(seal, cancellationToken).ConfigureAwait(false);
            if (due.Count == 0) return renewed;
            foreach (var (extension, publisher) in due)
            {
                await RunAsync(publisher, transaction => issuer.IssueAsync(transaction, extension, seal, cancellationToken), cancellationToken).ConfigureAwait(false);
                renewed++;
            }
        }
    }

    /// <summary>
    /// Gives an index a number beyond those that runners saw: after the database was restored from a backup, its own are too low for
    /// them. An operator's act, in the audit log.
    /// </summary>
    public async Task<Outcome<IndexView>> AdvanceAsync(Caller caller, Actor actor, string name, AdvanceRequest request, CancellationToken cancellationToken)
    {
        if (CallerRights.UnlessOperator(caller) is { } stranger) return stranger;
        if (request.AtLeast is < 1 or > AdvanceRequest.MaxNumber) return new Refusal(ErrorCode.InvalidRequest, $"atLeast is 1 to {AdvanceRequest.MaxNumber}.");
        if (request.Reason.Length is 0 or > 500 || request.Reason.Any(char.IsControl)) return new Refusal(ErrorCode.InvalidRequest, "reason has 1 to 500 characters and no control characters.");
        if (!ExtensionName.IsValid(name)) return CatalogQueries.NoExtension(name);
        var found = await catalog.FindAsync(name, cancellationToken).ConfigureAwait(false);
        if (!found.TryGet(out var extension, out var refusal)) return refusal;
        var seal = await sealer.GetAsync(cancellationToken).ConfigureAwait(false);
        var number = await RunAsync(
            extension.Publisher,
            async transaction =>
            {
                var issued = await issuer.IssueAsync(transaction, name, seal, cancellationToken, request.AtLeast).ConfigureAwait(false);
                var entry = new AuditEntry("index.advance", name, null, JsonSerializer.Serialize(request, RegistryJson.Default.AdvanceRequest)) { Publisher = extension.Publisher };
                await audit.AddAsync(transaction, TenantDatabase.PlatformScope, actor, entry, cancellationToken).ConfigureAwait(false);
                return issued;
            },
            cancellationToken).ConfigureAwait(false);
        return new IndexView(name, number);
    }

    private async Task<IReadOnlyList<(string Extension, string Publisher)>> ListDueAsync(RegistrySeal seal, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await IndexRows.ListDueAsync(connection, time.GetUtcNow() + (lifetime.Value / 2), seal.KeyId, Batch, cancellationToken).ConfigureAwait(false);
    }

    private async Task<long> RunAsync(string publisher, Func<NpgsqlTransaction, Task<long>> issue, CancellationToken cancellationToken)
    {
        var outcome = await database.TryInPlatformAsync(
            async Task<Outcome<long>> (_, transaction) =>
            {
                await IndexRows.LockAsync(transaction, publisher, cancellationToken).ConfigureAwait(false);
                return await issue(transaction).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return outcome.TryGet(out var number, out var refusal) ? number : throw new InvalidOperationException(refusal.Message);
    }
}
