using Semver;

namespace Alga.Extensions.Registry.Install.Follow;

/// <summary>
/// Which new versions an install moves to by itself. Never a pre-release. Before 1.0.0 a minor version may break what worked
/// (SemVer 2, section 4), so there <see cref="Minor"/> follows patches only.
/// </summary>
public static class RolloutPolicy
{
    /// <summary>None: an admin upgrades.</summary>
    public const string Pin = "pin";

    /// <summary>Those with the same major and minor number.</summary>
    public const string Patch = "patch";

    /// <summary>Those with the same major number.</summary>
    public const string Minor = "minor";

    /// <summary>Whether there is such a policy.</summary>
    public static bool IsKnown(string policy) => policy is Pin or Patch or Minor;

    /// <summary>Whether an install at one version moves to another by itself.</summary>
    public static bool Follows(string policy, SemVersion current, SemVersion candidate)
    {
        if (candidate.IsPrerelease || candidate.ComparePrecedenceTo(current) <= 0 || candidate.Major != current.Major) return false;
        return policy switch
        {
            Patch => candidate.Minor == current.Minor,
            Minor => current.Major > 0 || candidate.Minor == current.Minor,
            _ => false,
        };
    }
}
