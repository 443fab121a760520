using Alga.Extensions.Manifest.Reading;
using Semver;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>version</c> is a SemVer 2 version.</summary>
internal static class VersionRule
{
    private const int MaxLength = 128;

    public static string Read(Section root)
    {
        var version = root.RequiredText("version", MaxLength);
        if (version is null || SemVersion.TryParse(version, SemVersionStyles.Strict, out _, MaxLength)) return version ?? "";
        root.Fault("version", "must be a SemVer 2 version, such as 1.0.0 or 2.1.0-beta.1");
        return "";
    }
}
