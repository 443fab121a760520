using System.Runtime.CompilerServices;
using Alga.Extensions.Contracts;
using Alga.Extensions.TrustedIndexes;

namespace Alga.Extensions.Gateway.Resolve;

/// <summary>Finds what an extension id in a URL stands for, for one tenant. A change of an install shows within two seconds.</summary>
internal sealed class InstallResolver(InstallCache installs, VersionQuery versions, TrustedIndexCache indexes, TimeProvider time)
{
    private static readonly Refusal NotInstalled = new(ErrorCode.ExtensionNotInstalled, "Your tenant has not installed this extension; ask your administrator.");
    private static readonly Refusal Disabled = new(ErrorCode.ExtensionDisabled, "Your tenant's administrator has disabled this extension.");

    // As long as an install is in memory; a version never changes, so the pair never does.
    private readonly ConditionalWeakTable<Install, ResolvedInstall> pairs = [];
    private readonly ShortLivedCache<Guid, CompiledVersion> versionCache = new(time, TimeSpan.FromDays(1), capacity: 2_000);

    /// <summary>The install, or why there is none.</summary>
    /// <param name="tenantId">The caller's tenant.</param>
    /// <param name="extensionId">An extension's name or an install's id, as the caller wrote it.</param>
    /// <param name="user">Whose request it is: decides on the version during a rollout. Null for one without a user.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<Outcome<ResolvedInstall>> ResolveAsync(Guid tenantId, string extensionId, string? user, CancellationToken cancellationToken)
    {
        if (!ExtensionName.IsValid(extensionId))
        {
            // Anything else cannot be installed, and need not reach database and cache.
            if (!UuidText.TryParse(extensionId, out var installId)) return NotInstalled;
            // In memory an install has one id: under another spelling it would not be forgotten when it changes.
            extensionId = installId.ToString("D");
        }

        var install = await installs.GetAsync(new InstallKey(tenantId, extensionId), cancellationToken);
        if (install is null) return NotInstalled;
        if (!install.Enabled) return Disabled;

        var served = install.For(tenantId, user);
        // From memory; the runner asks the same again and has the last word.
        if (await indexes.FindFaultAsync(served.ExtensionId, served.Version, served.ContentHash, cancellationToken) is { } revoked) return revoked;
        if (pairs.TryGetValue(served, out var known)) return known;
        var version = await versionCache.GetAsync(served.VersionId, versions.CompileAsync, cancellationToken);
        return pairs.GetValue(served, install => new ResolvedInstall(install, version));
    }
}
