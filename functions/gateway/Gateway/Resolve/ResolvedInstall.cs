using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;

namespace Alga.Extensions.Gateway.Resolve;

/// <summary>An enabled install and the version that it runs.</summary>
internal sealed record ResolvedInstall(Install Install, CompiledVersion Version)
{
    /// <summary>What was granted and is still asked for; a grant alone gives a new version nothing, nor does a wish alone.</summary>
    public IEnumerable<string> Capabilities => Install.GrantedCapabilities.Intersect(Version.Capabilities, StringComparer.Ordinal);

    /// <summary>Hosts that were granted and are still asked for; none without the capability.</summary>
    public IReadOnlyList<string> Egress =>
        Install.GrantedEgress.Count > 0 && Has(Capability.HttpFetch) ? [.. Install.GrantedEgress.Intersect(Version.Egress, StringComparer.Ordinal)] : [];

    /// <summary>The secrets that the version declares; none without the capability.</summary>
    public IReadOnlyList<ExecuteSecret> Secrets => Version.Secrets.Count > 0 && Has(Capability.SecretsGet) ? Version.Secrets : [];

    private bool Has(string capability) => Capabilities.Contains(capability, StringComparer.Ordinal);
}
