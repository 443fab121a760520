using Alga.Extensions.Registry.Install.Follow;
using Alga.Extensions.Registry.Install.State;
using Semver;

namespace Alga.Extensions.Registry.Install.Versions;

/// <summary>A version that may be installed anew.</summary>
public sealed record OfferedVersion(Guid VersionId, SemVersion Number);

/// <summary>The versions of one extension that may be installed anew, in no order.</summary>
public sealed class OfferedVersions(IReadOnlyList<OfferedVersion> versions)
{
    /// <summary>Nothing is offered.</summary>
    public static OfferedVersions None { get; } = new([]);

    /// <summary>The newest that is no pre-release; null when there is none.</summary>
    public OfferedVersion? NewestStable => Newest(offered => !offered.Number.IsPrerelease);

    /// <summary>The newest that is no pre-release and newer than the install's; null when there is none.</summary>
    public OfferedVersion? NewestFor(InstallState install)
    {
        var current = Parse(install.Version);
        return Newest(offered => !offered.Number.IsPrerelease && offered.Number.ComparePrecedenceTo(current) > 0);
    }

    /// <summary>The newest that the install's policy allows: what following takes; null when there is none.</summary>
    public OfferedVersion? NewestFollowedBy(InstallState install)
    {
        var current = Parse(install.Version);
        var passedOver = install.PassedOver is { } passed ? Parse(passed.Version) : null;
        return Newest(offered => RolloutPolicy.Follows(install.Policy, current, offered.Number)
            && (passedOver is null || offered.Number.ComparePrecedenceTo(passedOver) > 0));
    }

    /// <summary>The newest that fits: what following takes, or for one that does not follow, any stable one.</summary>
    public OfferedVersion? NewestFitting(InstallState install) =>
        install.Policy == RolloutPolicy.Pin ? NewestFor(install) : NewestFollowedBy(install);

    /// <summary>Whether a version has higher precedence (SemVer 2, section 11) than another.</summary>
    public static bool IsNewer(string version, string than) => Parse(version).ComparePrecedenceTo(Parse(than)) > 0;

    /// <summary>Reads the version of a published manifest, which is SemVer 2.</summary>
    public static SemVersion Parse(string version) => SemVersion.Parse(version, SemVersionStyles.Strict, 128);

    private OfferedVersion? Newest(Func<OfferedVersion, bool> fits) =>
        versions.Where(fits).MaxBy(offered => offered.Number, SemVersion.PrecedenceComparer);
}
