using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Accept;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Registry.Seal;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Alga.Extensions.Registry.Publish;

/// <summary>
/// Publishes a version: who may (before anything is read), the bytes, the archive, the manifest and component in it, the
/// signature, that all of them speak of the same thing; then a claim of the hash; the blobs; the registry's counter-signature; and last
/// the one transaction that makes it visible. <see cref="PublishStep"/> lists where it may be killed.
/// </summary>
public sealed class VersionPublisher(
    CatalogQueries catalog, BundleSignatures signatures, BundleClaims claims, BundleUploader uploader, VersionAcceptor acceptor, VersionStore versions,
    RegistrySealer sealer, UploadPlaces places, NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <summary>Publishes what a request holds.</summary>
    public async Task<(Publication? Publication, PublishRefusal? Refusal)> PublishAsync(
        Caller caller, Actor actor, string name, string version, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!(await FindPublisherAsync(caller, name, cancellationToken).ConfigureAwait(false)).TryGet(out var publisher, out var refusal)) return Refused(refusal);
        if (!(await places.EnterAsync(publisher, cancellationToken).ConfigureAwait(false)).TryGet(out var place, out refusal)) return Refused(refusal);
        using var placeScope = place;
        var received = await RequestTime.ReadAsync(token => PublishRequestReader.ReadAsync(request, token), time, cancellationToken).ConfigureAwait(false);
        if (!received.TryGet(out var upload, out refusal)) return Refused(refusal);
        await using var uploadScope = upload;
        PublishSteps.Reached(PublishStep.Received, $"{name}@{version}");
        var (bundle, broken) = await BundleInspector.InspectAsync(upload.Bundle, cancellationToken).ConfigureAwait(false);
        if (bundle is null) return (null, broken);
        await using var bundleScope = bundle;
        if (IdentityCheck.FindDifference(name, version, publisher, bundle.Manifest) is { } difference) return Refused(difference);
        var checkedUpload = upload with { KeysValidAt = await FindAcceptanceAsync(bundle, cancellationToken).ConfigureAwait(false) ?? time.GetUtcNow() };
        var signed = await signatures.VerifyAsync(upload.Envelope, bundle.Contents, bundle.Manifest, checkedUpload.KeysValidAt, cancellationToken).ConfigureAwait(false);
        if (!signed.TryGet(out _, out refusal)) return Refused(refusal);
        if (await FindOtherBytesAsync(bundle, cancellationToken).ConfigureAwait(false) is { } other) return Refused(other);
        PublishSteps.Reached(PublishStep.Checked, bundle.Target);
        var stored = await StoreAsync(actor, checkedUpload, bundle, cancellationToken).ConfigureAwait(false);
        return stored.TryGet(out var publication, out refusal) ? (publication, null) : Refused(refusal);
    }

    /// <summary>All that changes something: from here on each step is one that a retry repeats.</summary>
    private async Task<Outcome<Publication>> StoreAsync(Actor actor, PublishUpload upload, InspectedBundle bundle, CancellationToken cancellationToken)
    {
        var seal = await sealer.GetAsync(cancellationToken).ConfigureAwait(false);
        var claim = await claims.ClaimAsync(bundle.Contents.Hash, cancellationToken).ConfigureAwait(false);
        PublishSteps.Reached(PublishStep.Claimed, bundle.Target);
        if (await uploader.UploadAsync(upload, bundle, cancellationToken).ConfigureAwait(false) is { } refusal) return refusal;
        if (!(await acceptor.AcceptAsync(seal, bundle, cancellationToken).ConfigureAwait(false)).TryGet(out var acceptance, out refusal))
        {
            // The envelope was stored a moment ago: who took it away is the collector.
            return refusal.Code == ErrorCode.BundleUnavailable ? BundleClaims.Lost : refusal;
        }

        PublishSteps.Reached(PublishStep.Accepted, bundle.Target);
        var added = await versions.AddAsync(actor, bundle, claim, acceptance, seal, cancellationToken).ConfigureAwait(false);
        if (added.TryGet(out _, out _)) PublishSteps.Reached(PublishStep.Committed, bundle.Target);
        return added;
    }

    private async Task<Outcome<string>> FindPublisherAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        if (CallerRights.UnlessPublisher(caller) is { } stranger) return stranger;
        if (!ExtensionName.IsValid(name)) return CallerRights.NotYours(name);
        var found = await catalog.FindAsync(name, cancellationToken).ConfigureAwait(false);
        return found.TryGet(out var extension, out _) && CallerRights.ActsFor(caller, extension.Publisher) ? extension.Publisher : CallerRights.NotYours(name);
    }

    private async Task<DateTimeOffset?> FindAcceptanceAsync(InspectedBundle bundle, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await AcceptanceRows.FindTimeAsync(
            connection, bundle.Manifest.Name, bundle.Manifest.Version, bundle.Contents.Hash.ToString(), cancellationToken).ConfigureAwait(false);
    }

    // Only to spare the uploads: the transaction decides.
    private async Task<Refusal?> FindOtherBytesAsync(InspectedBundle bundle, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var published = await VersionStore.FindAsync(connection, null, bundle.Manifest.Name, bundle.Manifest.Version, cancellationToken).ConfigureAwait(false);
        return published is null || published.ContentHash == bundle.Contents.Hash.ToString() ? null : VersionStore.Exists(published);
    }

    private static (Publication?, PublishRefusal?) Refused(Refusal refusal) => (null, new PublishRefusal(refusal));
}
