using System.Collections.Frozen;

namespace Alga.Extensions.Signing;

/// <summary>An authority whose certificates are trusted, and for whose publishers.</summary>
/// <param name="Der">Its own certificate.</param>
/// <param name="Publishers">For whom the keys that it vouches for may sign; at least one.</param>
public sealed record TrustAuthority(byte[] Der, FrozenSet<string> Publishers);
