using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>manifestVersion</c> is 2.</summary>
internal static class ManifestVersionRule
{
    public static void Check(Section root)
    {
        if (!root.Has("manifestVersion")) root.Fault("manifestVersion", "is missing; write 2");
        else root.Number("manifestVersion", 2, 2);
    }
}
