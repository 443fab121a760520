using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>capabilities</c> are known ones: an unknown one is an error, never dropped.</summary>
internal static class CapabilitiesRule
{
    private static readonly string Known = string.Join(", ", Capability.All.Order(StringComparer.Ordinal));

    public static IReadOnlyList<string> Read(Section root) =>
        root.Texts("capabilities", maxCount: 16, maxLength: 64, name => Capability.All.Contains(name) ? null : $"unknown capability; known are {Known}");
}
