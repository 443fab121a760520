using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Install.History;
using Alga.Extensions.Registry.Install.State;

namespace Alga.Extensions.Registry.Install.Rollback;

/// <summary>Looks into the history for versions to go back to.</summary>
internal static class VersionsRun
{
    private const int Shown = 10;

    /// <summary>The version to go back to: the one asked for when the install ran it, else the one before.</summary>
    /// <param name="install">The install.</param>
    /// <param name="history">Its changes of version, newest first.</param>
    /// <param name="version">The version asked for; null for the one before.</param>
    public static Outcome<VersionName> Choose(InstallState install, IReadOnlyList<VersionChange> history, string? version)
    {
        if (version is null)
        {
            return Before(install, history) is { } before
                ? before
                : new Refusal(ErrorCode.Conflict, $"{install.Name} has run no version before {install.Version} here; there is nothing to go back to.");
        }

        var run = Run(history).Where(name => name.VersionId != install.VersionId).ToList();
        if (run.Find(name => name.Version == version) is { } found) return found;
        var list = run.Count == 0 ? "no other" : string.Join(", ", run.Take(Shown).Select(name => name.Version));
        return new Refusal(ErrorCode.Conflict, $"{install.Name} has not run that version here, so it cannot go back to it; it has run {list}.");
    }

    /// <summary>Grants and settings of a version when it was left last; null when it never was.</summary>
    public static LeftVersion? LastLeft(IReadOnlyList<VersionChange> history, Guid versionId) =>
        history.FirstOrDefault(change => change.From?.Version.VersionId == versionId)?.From;

    // Going back twice leads two versions back, not to and fro: what counts is how the current version was first come to.
    private static VersionName? Before(InstallState install, IReadOnlyList<VersionChange> history) =>
        history.FirstOrDefault(change => change.To.VersionId == install.VersionId && change.Action != "install.rollback")?.From?.Version;

    private static IEnumerable<VersionName> Run(IReadOnlyList<VersionChange> history) =>
        history.SelectMany(change => change.From is { } from ? [change.To, from.Version] : new[] { change.To }).DistinctBy(name => name.VersionId);
}
