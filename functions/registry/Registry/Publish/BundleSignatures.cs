using Alga.Extensions.BlobStorage;
using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest;
using Alga.Extensions.Registry.Keys;
using Alga.Extensions.Registry.Revoke;
using Alga.Extensions.Signing;
using Npgsql;

namespace Alga.Extensions.Registry.Publish;

/// <summary>A publisher's envelope in the bundle store that fits its bundle.</summary>
/// <param name="Signed">What it says, and whose signature counted.</param>
/// <param name="Envelope">Its bytes.</param>
public sealed record StoredSignature(SignedStatement Signed, byte[] Envelope);

/// <summary>
/// Checks that a bundle is signed by a key that its publisher may sign with, that the signed statement fits it, and, for what is
/// published, that the registry's counter-signature fits both.
/// </summary>
public sealed class BundleSignatures(IBundleStore store, TrustBundle trust, NpgsqlDataSource dataSource)
{
    /// <summary>The publisher's signature, or what is wrong with it.</summary>
    /// <param name="envelope">The signature envelope's bytes.</param>
    /// <param name="contents">What was read from the bundle.</param>
    /// <param name="manifest">The bundle's own manifest.</param>
    /// <param name="at">When the key must be valid: now, or when the bundle was accepted.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Outcome<SignedStatement>> VerifyAsync(
        ReadOnlyMemory<byte> envelope, BundleContents contents, ExtensionManifest manifest, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var register = await PublisherKeyRows.ReadRegisterAsync(connection, null, manifest.Publisher, cancellationToken).ConfigureAwait(false);
        if (!EnvelopeVerifier.Verify(envelope.Span, trust, register, at).TryGet(out var signed, out var refusal)) return refusal;
        var actual = BundleStatement.Of(
            BundleStatement.DefaultRegistry,
            manifest.Publisher,
            manifest.Name,
            manifest.Version,
            contents.Hash,
            contents.SizeBytes,
            [.. contents.Index.Files.Select(file => new SignedFile(file.Path, file.Sha256))],
            manifest.Capabilities);
        return StatementCheck.FindDifference(signed.Statement, actual) is { } difference ? difference : signed;
    }

    /// <summary>The same for the envelope in the bundle store; <c>bundle_unavailable</c> when there is none.</summary>
    public async Task<Outcome<StoredSignature>> VerifyEnvelopeAsync(
        BundleContents contents, ExtensionManifest manifest, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var envelope = await store.ReadAsync(BundleBlobNames.Envelope(contents.Hash), EnvelopeVerifier.MaxBytes, cancellationToken).ConfigureAwait(false);
        if (envelope is null) return new Refusal(ErrorCode.BundleUnavailable, "The bundle's signature is not in the bundle store; try again later.");
        var verified = await VerifyAsync(envelope, contents, manifest, at, cancellationToken).ConfigureAwait(false);
        return verified.TryGet(out var signed, out var refusal) ? new StoredSignature(signed, envelope) : refusal;
    }

    /// <summary>Checks both signatures of a published version in the bundle store, and that neither it nor its key was revoked.</summary>
    public async Task<Refusal?> VerifyStoredAsync(BundleContents contents, ExtensionManifest manifest, CancellationToken cancellationToken)
    {
        var counter = await store.ReadAsync(BundleBlobNames.Acceptance(contents.Hash), AcceptanceStatement.MaxBytes, cancellationToken).ConfigureAwait(false);
        if (counter is null) return new Refusal(ErrorCode.BundleUnavailable, "The registry's counter-signature is not in the bundle store; publish the same bundle once more.");
        if (!RegistryVerifier.VerifyAcceptance(counter, trust, BundleStatement.DefaultRegistry).TryGet(out var acceptance, out var refusal)) return refusal;
        var verified = await VerifyEnvelopeAsync(contents, manifest, acceptance.AcceptedAt, cancellationToken).ConfigureAwait(false);
        if (!verified.TryGet(out var stored, out refusal)) return refusal;
        return acceptance.FindDifference(stored.Signed, stored.Envelope) ?? await FindRevocationAsync(manifest, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Refusal?> FindRevocationAsync(ExtensionManifest manifest, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await RevocationRows.FindAsync(connection, null, manifest.Name, manifest.Version, cancellationToken).ConfigureAwait(false) is { } revocation
            ? new Refusal(ErrorCode.VersionRevoked, $"{manifest.Name} {manifest.Version} was revoked: {revocation.Reason} Choose another version.")
            : null;
    }
}
