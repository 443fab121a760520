namespace Alga.Extensions.Signing;

/// <summary>A key with which a registry counter-signs and signs indexes. No key is both a registry's and a publisher's.</summary>
/// <param name="Key">The key.</param>
/// <param name="Registry">Name of the registry.</param>
/// <param name="NotBefore">From when on it counts; null for always.</param>
/// <param name="NotAfter">Until when it counts; null for ever.</param>
public sealed record RegistryKey(VerificationKey Key, string Registry, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter)
{
    /// <summary>Whether it counts at a time.</summary>
    public bool IsValidAt(DateTimeOffset time) => !(time < NotBefore) && !(time > NotAfter);
}
