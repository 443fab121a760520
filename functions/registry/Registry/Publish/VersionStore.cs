using System.Text;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Accept;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Index;
using Alga.Extensions.Registry.Install.Follow;
using Alga.Extensions.Registry.Keys;
using Alga.Extensions.Registry.Seal;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Publish;

/// <summary>Rows of published versions. A version is visible from the commit of its one transaction on, and for ever the same.</summary>
public sealed class VersionStore(TenantDatabase database, IndexIssuer indexes, AuditLog audit, TimeProvider time)
{
    /// <summary>Most versions of one extension: its signed index, with room for revocations, stays far below its own limit.</summary>
    public const int MaxVersions = 5_000;

    /// <summary>
    /// Makes a version visible. Where it is visible already with the same bytes the answer is the same again; with other bytes
    /// it is <c>version_exists</c>. Of two publishers at once exactly one wins: the unique key decides. Without its claim, which the
    /// collector can take away after a day, a new version is refused with <c>conflict</c>: its blobs may be gone.
    /// </summary>
    /// <param name="actor">Who publishes.</param>
    /// <param name="bundle">What is published; its blobs are stored.</param>
    /// <param name="claim">The claim under which they were.</param>
    /// <param name="acceptance">The registry's counter-signature.</param>
    /// <param name="seal">The registry's key, for the extension's next index.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task<Outcome<Publication>> AddAsync(
        Actor actor, InspectedBundle bundle, Guid claim, Acceptance acceptance, RegistrySeal seal, CancellationToken cancellationToken) =>
        database.TryInPlatformAsync(
            async Task<Outcome<Publication>> (_, transaction) =>
            {
                // The catalogue's entry changes with the version: of two publishes at once the second waits here, and then sees the first.
                var extension = await ExtensionListing.LockAsync(transaction, bundle.Manifest.Name, cancellationToken).ConfigureAwait(false)
                    ?? throw new InvalidOperationException("An extension that was there is gone.");
                await IndexRows.LockAsync(transaction, bundle.Manifest.Publisher, cancellationToken).ConfigureAwait(false);
                var claimed = await BundleClaims.ReleaseAsync(transaction, bundle.Contents.Hash, claim, cancellationToken).ConfigureAwait(false);
                var created = await InsertAsync(transaction, actor, bundle, cancellationToken).ConfigureAwait(false);
                var published = await FindAsync(transaction.Connection!, transaction, bundle.Manifest.Name, bundle.Manifest.Version, cancellationToken).ConfigureAwait(false)
                    ?? throw new InvalidOperationException("A version that was there is gone.");
                if (published.ContentHash != bundle.Contents.Hash.ToString()) return Exists(published);
                if (created && await FindCountFaultAsync(transaction, bundle.Manifest.Name, cancellationToken).ConfigureAwait(false) is { } full) return full;
                if (created && await FindKeyFaultAsync(transaction, bundle, acceptance, cancellationToken).ConfigureAwait(false) is { } fault) return fault;
                // A version from before counter-signatures gets its own when its publisher sends the same bytes again.
                var accepted = await AcceptanceRows.AddAsync(transaction, published.VersionId, acceptance, cancellationToken).ConfigureAwait(false);
                if (accepted) await indexes.IssueAsync(transaction, published.Name, seal, cancellationToken).ConfigureAwait(false);
                if (!created) return new Publication(published, Created: false);
                if (!claimed) return BundleClaims.Lost;
                await ExtensionListing.RefreshAsync(transaction, published.Name, cancellationToken).ConfigureAwait(false);
                await FollowQueue.AddAsync(transaction, published.Name, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
                var entry = new AuditEntry(
                    "version.publish", $"{published.Name}@{published.Version}", null, JsonSerializer.Serialize(published, RegistryJson.Default.PublishedVersion))
                {
                    Publisher = extension.Publisher,
                };
                await audit.AddAsync(transaction, TenantDatabase.PlatformScope, actor, entry, cancellationToken).ConfigureAwait(false);
                await PublishNotices.PublishedAsync(transaction, bundle.Contents.Hash, cancellationToken).ConfigureAwait(false);
                PublishSteps.Reached(PublishStep.RowsWritten, bundle.Target);
                return new Publication(published, Created: true);
            },
            cancellationToken);

    /// <summary>The refusal for other bytes under a published version.</summary>
    public static Refusal Exists(PublishedVersion published) => new(
        ErrorCode.VersionExists,
        $"{published.Name} {published.Version} was published with {published.ContentHash} and can never change; raise the version.");

    /// <summary>A published version, or null.</summary>
    public static Task<PublishedVersion?> FindAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string name, string version, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<PublishedVersion?>(new CommandDefinition(
            """
            select extension_id as Name, version as Version, version_id as VersionId, content_hash as ContentHash, published_at as PublishedAt
            from extension_version
            where extension_id = @name and version = @version
            """,
            new { name, version },
            transaction,
            cancellationToken: cancellationToken));

    private static async Task<Refusal?> FindCountFaultAsync(NpgsqlTransaction transaction, string name, CancellationToken cancellationToken)
    {
        var count = await transaction.Connection!.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*) from extension_version where extension_id = @name", new { name }, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return count <= MaxVersions ? null : new Refusal(ErrorCode.Conflict, $"{name} has {MaxVersions} versions, the most that one extension can have; go on under a new name.");
    }

    // A key may have been retired since it was verified, or since a publish that was killed left its counter-signature.
    private async Task<Refusal?> FindKeyFaultAsync(NpgsqlTransaction transaction, InspectedBundle bundle, Acceptance acceptance, CancellationToken cancellationToken)
    {
        var publisher = bundle.Manifest.Publisher;
        var register = await PublisherKeyRows.ReadRegisterAsync(transaction.Connection!, transaction, publisher, cancellationToken).ConfigureAwait(false);
        return register.FindFault(publisher, acceptance.Statement.PublisherKeyId, time.GetUtcNow());
    }

    private async Task<bool> InsertAsync(NpgsqlTransaction transaction, Actor actor, InspectedBundle bundle, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var inserted = await transaction.Connection!.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            with known_bundle as (
              insert into extension_bundle (content_hash, size_bytes, expanded_bytes, file_count, component_bytes, created_at)
              values (@contentHash, @sizeBytes, @expandedBytes, @fileCount, @componentBytes, @now)
              on conflict (content_hash) do nothing
            ), added as (
              insert into extension_version (version_id, extension_id, version, content_hash, manifest, published_by, published_at)
              values (@versionId, @name, @version, @contentHash, @manifest::json, @publishedBy, @now)
              on conflict (extension_id, version) do nothing
              returning version_id
            ), described as (
              insert into extension_version_readme (version_id, readme) select version_id, @readme from added where @readme <> ''
            ), retold as (
              insert into extension_version_changelog (version_id, changelog) select version_id, @changelog from added where @changelog <> ''
            )
            select count(*)::int from added
            """,
            new
            {
                versionId = Guid.CreateVersion7(now),
                name = bundle.Manifest.Name,
                version = bundle.Manifest.Version,
                contentHash = bundle.Contents.Hash.ToString(),
                sizeBytes = bundle.Contents.SizeBytes,
                expandedBytes = bundle.Contents.Index.Files.Sum(file => file.SizeBytes),
                fileCount = bundle.Contents.Index.Files.Count,
                componentBytes = bundle.Component.Length,
                manifest = Encoding.UTF8.GetString(bundle.ManifestBytes),
                readme = bundle.Readme ?? "",
                changelog = bundle.Changelog,
                publishedBy = actor.Name,
                now,
            },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return inserted == 1;
    }
}
