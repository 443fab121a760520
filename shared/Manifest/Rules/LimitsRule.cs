using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>limits</c> ask for no more than the platform gives.</summary>
internal static class LimitsRule
{
    public static ManifestLimits Read(Section root)
    {
        if (root.Object("limits") is not { } limits) return new(null, null);
        limits.RefuseOthers("memoryMb", "timeoutMs");
        return new(limits.Number("memoryMb", 1, PlatformLimits.MaxMemoryMb), limits.Number("timeoutMs", 1, PlatformLimits.MaxTimeoutMs));
    }
}
