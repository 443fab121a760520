using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;

namespace Alga.Extensions.Gateway.Resolve;

/// <summary>An enabled install and the version that it runs. What follows from the two is worked out once.</summary>
internal sealed class ResolvedInstall
{
    /// <summary>Puts the two together.</summary>
    public ResolvedInstall(Install install, CompiledVersion version)
    {
        Install = install;
        Version = version;
        string[] capabilities = [.. install.GrantedCapabilities.Intersect(version.Capabilities, StringComparer.Ordinal)];
        Capabilities = capabilities;
        Providers = [.. capabilities.Select(capability => Capability.ProviderPrefix + capability)];
        Egress = capabilities.Contains(Capability.HttpFetch) ? [.. install.GrantedEgress.Intersect(version.Egress, StringComparer.Ordinal)] : [];
        Secrets = capabilities.Contains(Capability.SecretsGet) ? version.Secrets : [];
        ContentHash = install.ContentHash.ToString();
    }

    public Install Install { get; }

    public CompiledVersion Version { get; }

    /// <summary>What was granted and is still asked for; a grant alone gives a new version nothing, nor does a wish alone.</summary>
    public IReadOnlyList<string> Capabilities { get; }

    /// <summary>The same as the runner is told them.</summary>
    public IReadOnlyList<string> Providers { get; }

    /// <summary>Hosts that were granted and are still asked for; none without the capability.</summary>
    public IReadOnlyList<string> Egress { get; }

    /// <summary>The secrets that the version declares; none without the capability.</summary>
    public IReadOnlyList<ExecuteSecret> Secrets { get; }

    /// <summary>Hash of the bundle, in its written form.</summary>
    public string ContentHash { get; }
}
