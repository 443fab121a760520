using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Install.Versions;

namespace Alga.Extensions.Registry.Install.Settings;

/// <summary>Changes what an install is set to and may do, with the version it runs.</summary>
public sealed class InstallSettings(InstallWrites writes, VersionReader versions)
{
    /// <summary>Puts other settings in the place of those of now. During a rollout they must fit both versions.</summary>
    public Task<Outcome<InstallWrite>> SetConfigAsync(
        Guid tenantId, Actor actor, string name, JsonElement config, IfMatch ifMatch, CancellationToken cancellationToken) =>
        writes.ChangeAsync(
            tenantId,
            actor,
            name,
            ifMatch,
            async install =>
            {
                foreach (var manifest in await RunningAsync(install, cancellationToken).ConfigureAwait(false))
                {
                    var fits = await ConfigRules.CheckAsync(config, manifest.Config, cancellationToken).ConfigureAwait(false);
                    if (!fits.TryGet(out _, out var refusal)) return refusal;
                }

                return new InstallPlan(JsonEquality.AreEqual(config, install.Config!.Value) ? install : install with { Config = config }, "install.config");
            },
            cancellationToken);

    /// <summary>Puts other grants in the place of those of now: part of what the running version, or the candidate, asks for.</summary>
    public Task<Outcome<InstallWrite>> SetGrantsAsync(
        Guid tenantId, Actor actor, string name, InstallGrants grants, IfMatch ifMatch, CancellationToken cancellationToken) =>
        writes.ChangeAsync(
            tenantId,
            actor,
            name,
            ifMatch,
            async install =>
            {
                var running = await RunningAsync(install, cancellationToken).ConfigureAwait(false);
                var asked = running.Select(InstallGrants.AskedBy).Aggregate((all, more) => all.And(more));
                if (!GrantRules.Check(grants, asked).TryGet(out var given, out var refusal)) return refusal;
                return new InstallPlan(given.IsSame(install.Grants) ? install : install with { Grants = given }, "install.grants");
            },
            cancellationToken);

    /// <summary>The manifests of all versions that users get.</summary>
    private async Task<IReadOnlyList<ExtensionManifest>> RunningAsync(InstallState install, CancellationToken cancellationToken) =>
        install.Rollout is { } rollout
            ? [install.Manifest, await versions.ManifestAsync(rollout.VersionId, cancellationToken).ConfigureAwait(false)]
            : [install.Manifest];
}
