using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>egress</c> lists hosts, and only an extension that may fetch has any.</summary>
internal static class EgressRule
{
    public static IReadOnlyList<string> Read(Section root, IReadOnlyList<string> capabilities)
    {
        var hosts = root.Texts("egress", maxCount: 50, EgressHost.MaxLength, EgressHost.FindFault);
        if (hosts.Count > 0 && !capabilities.Contains(Capability.HttpFetch))
            root.Fault("egress", $"hosts are of no use without the capability; add \"{Capability.HttpFetch}\" to capabilities, or remove egress");
        return hosts;
    }
}
