using System.Collections.Frozen;

namespace Alga.Extensions.Signing;

/// <summary>A key, for whom it may sign, and when.</summary>
/// <param name="Key">The key.</param>
/// <param name="Publishers">Names of the publishers it may sign for; at least one.</param>
/// <param name="NotBefore">Start of its certificate's validity; null for a bare key.</param>
/// <param name="NotAfter">End of its certificate's validity; null for a bare key.</param>
public sealed record TrustedKey(VerificationKey Key, FrozenSet<string> Publishers, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter)
{
    /// <summary>Whether its certificate is valid at a time; a bare key always is.</summary>
    public bool IsValidAt(DateTimeOffset time) => !(time < NotBefore) && !(time > NotAfter);
}
