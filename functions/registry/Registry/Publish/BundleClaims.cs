using Alga.Extensions.Contracts;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Publish;

/// <summary>
/// Claims of hashes whose blobs are being uploaded. A hash is claimed before its first blob is written, and the claim is given up in the
/// transaction of the version. In between the collector may take an old claim away, together with the blobs; then the transaction fails.
/// </summary>
public sealed class BundleClaims(NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <summary>The refusal of a publish that took longer than a claim is respected.</summary>
    internal static readonly Refusal Lost = new(
        ErrorCode.Conflict, "This publish took so long that its blobs were collected meanwhile; nothing was published, publish again.");

    /// <summary>Claims a hash, or renews the claim that it has. Waits while the collector removes blobs of this very hash.</summary>
    /// <returns>Id of the claim: the same for all who claim a hash until it is collected or published.</returns>
    public async Task<Guid> ClaimAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await connection.QuerySingleAsync<Guid>(new CommandDefinition(
            """
            insert into extension_bundle_claim (content_hash, claim_id, claimed_at) values (@hash, @claim, @now)
            on conflict (content_hash) do update set claimed_at = greatest(extension_bundle_claim.claimed_at, excluded.claimed_at)
            returning claim_id
            """,
            new { hash = hash.ToString(), claim = Guid.CreateVersion7(now), now },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Gives a claim up within the version's transaction; false when it was taken away, or given up by another publish of these bytes.</summary>
    public static async Task<bool> ReleaseAsync(NpgsqlTransaction transaction, ContentHash hash, Guid claim, CancellationToken cancellationToken) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "delete from extension_bundle_claim where content_hash = @hash and claim_id = @claim",
            new { hash = hash.ToString(), claim },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false) == 1;
}
