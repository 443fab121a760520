using Alga.Extensions.BlobStorage;
using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest;
using Alga.Extensions.Signing;
using Alga.Extensions.TrustedIndexes;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Fetches a bundle by its hash and trusts nothing of it: hash, archive profile, the registry's counter-signature, the publisher's
/// signature at the time of acceptance, every signed field, the extension's index and the component's imports are checked again
/// here, whatever was checked when it was published.
/// </summary>
public sealed class BundleFetcher(IBundleStore store, TrustBundle trust, TrustedIndexCache indexes, ILogger<BundleFetcher> logger)
{
    private const int MaxKeptBytes = 50 * 1024 * 1024;
    private const int MaxUiBytes = 64 * 1024 * 1024;

    private static readonly Refusal NotStored = Unavailable("its signature is not in the bundle store");

    /// <summary>Gives what the publisher signed of a bundle, provided that the registry accepted it and still lists it; otherwise <c>bundle_unavailable</c> or <c>signature_invalid</c>.</summary>
    public Task<Outcome<SignedBundleFiles>> FetchSignedAsync(ContentHash hash, CancellationToken cancellationToken) =>
        GuardAsync<SignedBundleFiles>(hash, async () =>
            (await VerifySignaturesAsync(hash, cancellationToken)).TryGet(out var signed, out var refusal) ? new SignedBundleFiles(hash, signed) : refusal);

    /// <summary>Gives the bundle's component, or <c>bundle_unavailable</c> or <c>signature_invalid</c>.</summary>
    public async Task<Outcome<VerifiedBundle>> FetchAsync(SignedBundleFiles signed, CancellationToken cancellationToken)
    {
        var sink = new SelectedFilesSink([BundlePath.Manifest, SignedBundleFiles.Entry], MaxKeptBytes);
        if (!(await GuardAsync(signed.Bundle, () => VerifyContentsAsync(signed, sink, cancellationToken))).TryGet(out var verified, out var refusal)) return refusal;
        var manifest = verified.Manifest;
        if (!sink.Files.TryGetValue(manifest.Entry, out var wasm)) return Unavailable($"it has no {manifest.Entry}");
        if (FindComponentFault(wasm.Span, manifest) is { } componentFault) return Unavailable(componentFault.Message);
        return new VerifiedBundle(manifest.Name, manifest.Version, wasm);
    }

    /// <summary>Gives the files of the bundle's user interface; also <c>not_found</c> where it has none.</summary>
    public async Task<Outcome<VerifiedUi>> FetchUiAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        var sink = new SelectedFilesSink(path => path == BundlePath.Manifest || BundleSubtree.Ui.Contains(path), MaxUiBytes);
        if (!(await FetchSignedAsync(hash, cancellationToken)).TryGet(out var signed, out var refusal))
        {
            // Anybody may ask for any hash; one that the store does not have was never published.
            return ReferenceEquals(refusal, NotStored) ? new Refusal(ErrorCode.NotFound, "There is no such version.") : refusal;
        }

        if (!(await GuardAsync(hash, () => VerifyContentsAsync(signed, sink, cancellationToken))).TryGet(out var verified, out refusal)) return refusal;
        var manifest = verified.Manifest;
        if (manifest.Ui is not { } ui) return new Refusal(ErrorCode.NotFound, "This version of the extension has no user interface.");
        var files = new List<UiFile>();
        foreach (var (path, content) in sink.Files)
        {
            if (path != BundlePath.Manifest && verified.Contents.Index.TryFind(path, out var indexed)) files.Add(new UiFile(path, indexed.MediaType, indexed.Sha256, content));
        }

        return new VerifiedUi(manifest.Name, manifest.Version, ui.Entry, files);
    }

    private async Task<Outcome<T>> GuardAsync<T>(ContentHash hash, Func<Task<Outcome<T>>> fetch)
    {
        try
        {
            return await fetch();
        }
        catch (Exception exception) when (exception is BundleStoreException or IOException)
        {
            Log.StoreUnavailable(logger, hash, exception);
            return Unavailable("the bundle store does not serve it now");
        }
    }

    private async Task<Outcome<Verified>> VerifyContentsAsync(SignedBundleFiles signed, SelectedFilesSink sink, CancellationToken cancellationToken)
    {
        var hash = signed.Bundle;
        await using var stream = await store.OpenReadAsync(BundleBlobNames.Bundle(hash), cancellationToken);
        if (stream is null) return Unavailable("it is not in the bundle store");
        if (!(await BundleReader.ReadAsync(stream, sink, cancellationToken)).TryGet(out var contents, out var bundleFault)) return Unavailable($"the stored bundle is damaged. {bundleFault.Message}");
        if (contents.Hash != hash) return Unavailable("the bundle store gave other bytes than asked for");
        if (!sink.Files.TryGetValue(BundlePath.Manifest, out var json) || ManifestReader.Read(json.Span).Manifest is not { } manifest) return Unavailable("its manifest is not valid");

        var actual = BundleStatement.Of(
            BundleStatement.DefaultRegistry,
            manifest.Publisher,
            manifest.Name,
            manifest.Version,
            hash,
            contents.SizeBytes,
            [.. contents.Index.Files.Select(file => new SignedFile(file.Path, file.Sha256))],
            manifest.Capabilities);
        return StatementCheck.FindDifference(signed.Statement, actual) is { } difference ? difference : new Verified(manifest, contents);
    }

    /// <summary>What the publisher signed, provided that the registry accepted exactly that and still lists it.</summary>
    private async Task<Outcome<BundleStatement>> VerifySignaturesAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        var envelopeRead = ReadSmallAsync(BundleBlobNames.Envelope(hash), EnvelopeVerifier.MaxBytes, cancellationToken);
        var counterRead = ReadSmallAsync(BundleBlobNames.Acceptance(hash), AcceptanceStatement.MaxBytes, cancellationToken);
        await Task.WhenAll(envelopeRead, counterRead);
        if (await envelopeRead is not { } envelope) return NotStored;
        if (await counterRead is not { } counter) return Unavailable("the registry's counter-signature is not in the bundle store");
        if (!RegistryVerifier.VerifyAcceptance(counter, trust, BundleStatement.DefaultRegistry).TryGet(out var acceptance, out var refusal)) return refusal;
        if (acceptance.Bundle.Sha256 != hash.Hex) return new Refusal(ErrorCode.SignatureInvalid, "The registry's counter-signature is for another bundle. The version must be published again.");
        // Asks for a newer index where the one at hand does not list the version: what was published a moment ago is announced before it.
        if (await indexes.FindFaultAsync(acceptance.Extension, acceptance.Version, hash, cancellationToken) is { } revoked) return revoked;
        if (!(await indexes.GetAsync(acceptance.Extension, cancellationToken)).TryGet(out var index, out refusal)) return refusal;
        if (!EnvelopeVerifier.Verify(envelope, trust, index.Index.Keys, acceptance.AcceptedAt).TryGet(out var signed, out refusal)) return refusal;
        return acceptance.FindDifference(signed, envelope) is { } difference ? difference : signed.Statement;
    }

    private static Refusal? FindComponentFault(ReadOnlySpan<byte> wasm, ExtensionManifest manifest) =>
        ComponentImports.Read(wasm).TryGet(out var component, out var refusal)
            ? ComponentRules.Check(component, manifest.Endpoints.Count > 0, manifest.ReceivesEvents)
            : refusal;

    private async Task<byte[]?> ReadSmallAsync(string name, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(name, cancellationToken);
        if (stream is null) return null;
        using var memory = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        // One byte too many is enough for the verifier to refuse it.
        while (memory.Length <= maxBytes && (read = await stream.ReadAsync(buffer, cancellationToken)) > 0) memory.Write(buffer, 0, read);
        return memory.ToArray();
    }

    private sealed record Verified(ExtensionManifest Manifest, BundleContents Contents);

    private static Refusal Unavailable(string reason) => new(ErrorCode.BundleUnavailable, $"The extension's bundle cannot be used: {reason}.");
}
