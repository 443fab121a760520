using System.Text;
using System.Text.Json.Nodes;
using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest;
using Alga.Extensions.Runner.Http;
using Alga.Extensions.Secrets;
using Alga.Extensions.Signing;

namespace Alga.Extensions.DevHost.Bundle;

/// <summary>A version that is live.</summary>
internal sealed record DevVersion(ExtensionManifest Manifest, ContentHash Hash, IndexedVersion Line);

/// <summary>
/// Puts a version under development where the demo tenant's calls reach it, without a registry: signed, indexed and compiled first,
/// and only then installed, so that the version before answers until this one can.
/// </summary>
internal sealed class DevInstaller(string database, DevSigner signer, MemoryBundles bundles, ComponentLoader loader, TenantKeys keys, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim one = new(1);
    private readonly DevRows rows = new(database);
    private DevVersion? live;

    /// <summary>Code for the loader that the next bundle has as its component; null where it has a component of its own.</summary>
    public string? Source { get; set; }

    /// <summary>Installs a bundle, with everything granted that its manifest asks for.</summary>
    public async Task<Outcome<DevVersion>> InstallAsync(byte[] bundle, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await RunAsync(bundle, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>
    /// Empties the extension's storage and installs it anew, with other settings and secrets; gives the id of the install, null when
    /// nothing is installed.
    /// </summary>
    public async Task<Guid?> ResetAsync(JsonObject config, JsonObject secrets, CancellationToken cancellationToken)
    {
        if (live is not { } version) return null;
        var install = Guid.CreateVersion7(time.GetUtcNow());
        // What is sealed counts in seconds.
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var sealedSecrets = new List<DevSecret>();
        foreach (var (name, value) in secrets)
        {
            var key = await keys.GetCurrentAsync(DevRows.Tenant, cancellationToken).ConfigureAwait(false);
            sealedSecrets.Add(new DevSecret(name, SecretSeal.Seal(key.Bytes, new SecretBinding(DevRows.Tenant, install, name, 1, now, null), value!.GetValue<string>()), key.Version, now));
        }

        return await rows.ResetAsync(version.Manifest.Name, install, config.ToJsonString(), sealedSecrets, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => one.Dispose();

    private async Task<Outcome<DevVersion>> RunAsync(byte[] bundle, CancellationToken cancellationToken)
    {
        var sink = new SelectedFilesSink([BundlePath.Manifest], ManifestReader.MaxBytes);
        using var stream = new MemoryStream(bundle, writable: false);
        if (!(await BundleReader.ReadAsync(stream, sink, cancellationToken).ConfigureAwait(false)).TryGet(out var contents, out var refusal)) return refusal;
        if (!sink.Files.TryGetValue(BundlePath.Manifest, out var json) || ManifestReader.Read(json.Span).Manifest is not { } manifest)
        {
            return new Refusal(ErrorCode.ManifestInvalid, "The bundle has no valid manifest.json.");
        }

        if (manifest.Publisher != signer.Publisher) return new Refusal(ErrorCode.Forbidden, $"This runs extensions of {signer.Publisher}; start it again for {manifest.Publisher}.");
        var statement = BundleStatement.Of(
            BundleStatement.DefaultRegistry, manifest.Publisher, manifest.Name, manifest.Version, contents.Hash, contents.SizeBytes,
            [.. contents.Index.Files.Select(file => new SignedFile(file.Path, file.Sha256))], manifest.Capabilities);
        var (envelope, acceptance, line) = signer.Accept(statement);
        bundles.Put(BundleBlobNames.Bundle(contents.Hash), bundle);
        bundles.Put(BundleBlobNames.Envelope(contents.Hash), envelope);
        bundles.Put(BundleBlobNames.Acceptance(contents.Hash), acceptance);

        var before = live?.Manifest.Name == manifest.Name ? live : null;
        var index = signer.Index(manifest.Name, time.GetUtcNow().ToUnixTimeMilliseconds(), before is null || before.Line.Version == line.Version ? [line] : [before.Line, line]);
        await rows.IndexAsync(manifest, signer.RegistryKeyId, index, cancellationToken).ConfigureAwait(false);
        await loader.PrepareAsync(contents.Hash, cancellationToken).ConfigureAwait(false);
        await rows.InstallAsync(manifest, contents, Encoding.UTF8.GetString(json.Span), Source, cancellationToken).ConfigureAwait(false);
        live = new DevVersion(manifest, contents.Hash, line);
        if (before is not null && before.Hash != contents.Hash) bundles.Forget(BundleBlobNames.Bundle(before.Hash)[..^"bundle.tar.zst".Length]);
        return live;
    }
}
