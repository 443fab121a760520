namespace Alga.Extensions.Registry.Install.Upgrade;

/// <summary>
/// What is granted of another version's wishes without asking an admin: only what was granted before. A wish that the
/// current version has too, and that the admin left ungranted, is an answer and is not asked again.
/// </summary>
/// <param name="Grants">Granted to the other version.</param>
/// <param name="Needed">Asked for on top: an admin has to decide.</param>
public sealed record GrantCarry(InstallGrants Grants, InstallGrants Needed)
{
    /// <summary>Carries grants from one version to another.</summary>
    /// <param name="granted">What is granted now.</param>
    /// <param name="askedNow">What the current version asks for.</param>
    /// <param name="askedThen">What the other version asks for.</param>
    public static GrantCarry To(InstallGrants granted, InstallGrants askedNow, InstallGrants askedThen)
    {
        var carried = InstallGrants.Sorted(
            askedThen.Capabilities.Intersect(granted.Capabilities, StringComparer.Ordinal),
            askedThen.Egress.Where(host => granted.Egress.Any(pattern => Covers(pattern, host))));
        return new GrantCarry(carried, askedThen.Without(askedNow).Without(carried));
    }

    /// <summary>Grants for a version that ran before, where the admin's answers of then and now are both known.</summary>
    /// <param name="granted">What is granted now.</param>
    /// <param name="askedNow">What the current version asks for: of this, what is not granted was withdrawn or never given.</param>
    /// <param name="grantedThen">What was granted when the other version ran last.</param>
    /// <param name="askedThen">What the other version asks for.</param>
    public static InstallGrants Back(InstallGrants granted, InstallGrants askedNow, InstallGrants grantedThen, InstallGrants askedThen) =>
        granted.And(grantedThen.Without(askedNow)).Within(askedThen);

    /// <summary>Whether a granted pattern lets through every host of another: <c>*.example.com</c> those below it, never itself.</summary>
    internal static bool Covers(string pattern, string host) =>
        pattern == host || (pattern.StartsWith("*.", StringComparison.Ordinal) && BelowOf(host, pattern.AsSpan(1)));

    private static bool BelowOf(string host, ReadOnlySpan<char> dotted)
    {
        var name = host.StartsWith("*.", StringComparison.Ordinal) ? host.AsSpan(2) : host;
        return name.Length > dotted.Length && name.EndsWith(dotted, StringComparison.Ordinal);
    }
}
