namespace Alga.Extensions.Gateway.Resolve;

/// <summary>An enabled install and the version that it runs.</summary>
internal sealed record ResolvedInstall(Install Install, CompiledVersion Version)
{
    /// <summary>What was granted and is still asked for; a grant alone gives a new version nothing, nor does a wish alone.</summary>
    public IEnumerable<string> Capabilities => Install.GrantedCapabilities.Intersect(Version.Capabilities, StringComparer.Ordinal);
}
