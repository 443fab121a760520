using Alga.Extensions.BlobStorage;
using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest;
using Alga.Extensions.Signing;

namespace Alga.Extensions.Registry.Publish;

/// <summary>Checks that a bundle is signed by a key that its publisher may sign with, and that the signed statement fits it.</summary>
public sealed class BundleSignatures(IBundleStore store, TrustBundle trust, TimeProvider time)
{
    /// <summary>A refusal that says what is wrong, or null.</summary>
    /// <param name="envelope">The signature envelope's bytes.</param>
    /// <param name="contents">What was read from the bundle.</param>
    /// <param name="manifest">The bundle's own manifest.</param>
    public Refusal? Verify(ReadOnlySpan<byte> envelope, BundleContents contents, ExtensionManifest manifest)
    {
        if (!EnvelopeVerifier.Verify(envelope, trust, time.GetUtcNow()).TryGet(out var signed, out var refusal)) return refusal;
        var actual = BundleStatement.Of(
            BundleStatement.DefaultRegistry,
            manifest.Publisher,
            manifest.Name,
            manifest.Version,
            contents.Hash,
            contents.SizeBytes,
            [.. contents.Index.Files.Select(file => new SignedFile(file.Path, file.Sha256))],
            manifest.Capabilities);
        return StatementCheck.FindDifference(signed, actual);
    }

    /// <summary>The same for the envelope in the bundle store; <c>bundle_unavailable</c> when there is none.</summary>
    public async Task<Refusal?> VerifyStoredAsync(BundleContents contents, ExtensionManifest manifest, CancellationToken cancellationToken)
    {
        var envelope = await store.ReadAsync(BundleBlobNames.Envelope(contents.Hash), EnvelopeVerifier.MaxBytes, cancellationToken).ConfigureAwait(false);
        return envelope is null
            ? new Refusal(ErrorCode.BundleUnavailable, "The bundle's signature is not in the bundle store; try again later.")
            : Verify(envelope, contents, manifest);
    }
}
