using System.Collections.Frozen;

namespace Alga.Extensions.Signing;

/// <summary>A key, for whom it may sign, and when.</summary>
/// <param name="Key">The key.</param>
/// <param name="Publishers">Names of the publishers it may sign for; at least one.</param>
/// <param name="NotBefore">Start of its validity; null for none.</param>
/// <param name="NotAfter">End of its validity; null for none.</param>
public sealed record TrustedKey(VerificationKey Key, FrozenSet<string> Publishers, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter)
{
    /// <summary>Whether it is valid at a time; without bounds it always is.</summary>
    public bool IsValidAt(DateTimeOffset time) => !(time < NotBefore) && !(time > NotAfter);
}
