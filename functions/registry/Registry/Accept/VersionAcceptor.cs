using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Registry.Seal;
using Alga.Extensions.Signing;

namespace Alga.Extensions.Registry.Accept;

/// <summary>
/// Counter-signs what passed all checks. The counter-signature is created beside the publisher's envelope and never replaced:
/// a publish that was killed after it goes on with the one that is there, and so with the first time of acceptance.
/// </summary>
public sealed class VersionAcceptor(IBundleStore store, BundleSignatures signatures, TrustBundle trust, TimeProvider time)
{
    /// <summary>The counter-signature of a bundle whose blobs are in the store.</summary>
    /// <param name="seal">The registry's key.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Outcome<Acceptance>> AcceptAsync(RegistrySeal seal, InspectedBundle bundle, CancellationToken cancellationToken)
    {
        var name = BundleBlobNames.Acceptance(bundle.Contents.Hash);
        if (await store.ReadAsync(name, AcceptanceStatement.MaxBytes, cancellationToken).ConfigureAwait(false) is { } earlier)
        {
            return await CheckAsync(earlier, bundle, cancellationToken).ConfigureAwait(false);
        }

        var now = time.GetUtcNow();
        if (!(await signatures.VerifyEnvelopeAsync(bundle.Contents, bundle.Manifest, now, cancellationToken).ConfigureAwait(false)).TryGet(out var stored, out var refusal)) return refusal;
        if (!seal.Sign(AcceptanceStatement.Of(stored.Signed, stored.Envelope, now)).TryGet(out var envelope, out refusal)) return refusal;
        var written = await store.CreateAsync(name, new MemoryStream(envelope), Dsse.MediaType, cancellationToken).ConfigureAwait(false);
        if (written == BlobWrite.AlreadyThere)
        {
            // The same publish twice at once: one of them counts for both.
            envelope = await store.ReadAsync(name, AcceptanceStatement.MaxBytes, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidDataException($"Blob {name} was there and is gone.");
        }

        return await CheckAsync(envelope, bundle, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Also what was just written is verified as a runner will: with the trust bundle, not with the key at hand.</summary>
    private async Task<Outcome<Acceptance>> CheckAsync(byte[] envelope, InspectedBundle bundle, CancellationToken cancellationToken)
    {
        if (!RegistryVerifier.VerifyAcceptance(envelope, trust, BundleStatement.DefaultRegistry).TryGet(out var statement, out var refusal)) return Left(refusal);
        if (!(await signatures.VerifyEnvelopeAsync(bundle.Contents, bundle.Manifest, statement.AcceptedAt, cancellationToken).ConfigureAwait(false)).TryGet(out var stored, out refusal)) return refusal;
        return statement.FindDifference(stored.Signed, stored.Envelope) is { } difference ? Left(difference) : new Acceptance(statement, envelope);
    }

    private static Refusal Left(Refusal reason) =>
        new(ErrorCode.Conflict, $"An earlier publish of these bytes left a counter-signature that does not count; raise the version and publish again. {reason.Message}");
}
