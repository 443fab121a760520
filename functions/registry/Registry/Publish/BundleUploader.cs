using System.Security.Cryptography;
using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Publish;

/// <summary>
/// Puts a checked bundle's blobs at its hash. Nothing shows them before the version's row is there, so a publish that was
/// killed half-way is simply repeated: what is there already is compared, what is missing is added.
/// </summary>
public sealed class BundleUploader(IBundleStore store, BundleSignatures signatures)
{
    /// <summary>Media type of an envelope.</summary>
    internal const string EnvelopeMediaType = "application/vnd.dsse+json";

    /// <summary>Uploads the bundle and what was taken from it.</summary>
    /// <param name="upload">What was sent; its signature verifies.</param>
    /// <param name="bundle">What was read from it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>A refusal when an earlier publish of these bytes left a signature that no longer verifies.</returns>
    /// <exception cref="InvalidDataException">A blob of this hash holds something else: the store was tampered with or is broken.</exception>
    public async Task<Refusal?> UploadAsync(PublishUpload upload, InspectedBundle bundle, CancellationToken cancellationToken)
    {
        var (hash, target) = (bundle.Contents.Hash, bundle.Target);
        await PutAsync(BundleBlobNames.Bundle(hash), upload.Bundle, "application/zstd", cancellationToken).ConfigureAwait(false);
        PublishSteps.Reached(PublishStep.BundleStored, target);
        if (await PutEnvelopeAsync(upload, bundle, cancellationToken).ConfigureAwait(false) is { } refusal) return refusal;
        PublishSteps.Reached(PublishStep.EnvelopeStored, target);
        await PutAsync(BundleBlobNames.Manifest(hash), new MemoryStream(bundle.ManifestBytes), "application/json", cancellationToken).ConfigureAwait(false);
        PublishSteps.Reached(PublishStep.ManifestStored, target);
        await PutAsync(BundleBlobNames.Index(hash), new MemoryStream(bundle.Contents.Index.ToJson()), "application/json", cancellationToken).ConfigureAwait(false);
        PublishSteps.Reached(PublishStep.IndexStored, target);
        await PutAsync(BundleBlobNames.Component(hash), bundle.Component, "application/wasm", cancellationToken).ConfigureAwait(false);
        PublishSteps.Reached(PublishStep.ComponentStored, target);
        return null;
    }

    // ECDSA never signs the same way twice, so a repeated publish has another envelope: the first one stays, if it is good.
    private async Task<Refusal?> PutEnvelopeAsync(PublishUpload upload, InspectedBundle bundle, CancellationToken cancellationToken)
    {
        var name = BundleBlobNames.Envelope(bundle.Contents.Hash);
        var written = await store.CreateAsync(name, new MemoryStream(upload.Envelope), EnvelopeMediaType, cancellationToken).ConfigureAwait(false);
        if (written == BlobWrite.Created) return null;
        var stored = await signatures.VerifyStoredAsync(bundle.Contents, bundle.Manifest, cancellationToken).ConfigureAwait(false);
        return stored is null
            ? null
            : new Refusal(ErrorCode.Conflict, "An earlier publish of these bytes left a signature that no longer verifies; raise the version and publish again.");
    }

    private async Task PutAsync(string name, Stream content, string mediaType, CancellationToken cancellationToken)
    {
        content.Position = 0;
        if (await store.CreateAsync(name, content, mediaType, cancellationToken).ConfigureAwait(false) == BlobWrite.Created) return;
        await using var stored = await store.OpenReadAsync(name, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidDataException($"Blob {name} was there and is gone.");
        var storedDigest = await SHA256.HashDataAsync(stored, cancellationToken).ConfigureAwait(false);
        content.Position = 0;
        var digest = await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false);
        if (!storedDigest.AsSpan().SequenceEqual(digest)) throw new InvalidDataException($"Blob {name} holds other bytes than its name says.");
    }
}
