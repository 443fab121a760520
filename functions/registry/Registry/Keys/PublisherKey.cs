using Alga.Extensions.Signing;

namespace Alga.Extensions.Registry.Keys;

/// <summary>A key of a publisher at the registry.</summary>
/// <param name="KeyId">SHA-256 of its SubjectPublicKeyInfo.</param>
/// <param name="PublicKey">The key; null where the row only restricts one that the trust bundle or a certificate makes trusted.</param>
/// <param name="Status">A value of <see cref="KeyState"/>.</param>
/// <param name="NotBefore">Start of its validity, null for none.</param>
/// <param name="NotAfter">End of its validity, null for none.</param>
/// <param name="Since">When it was retired, or from when on it was compromised.</param>
/// <param name="AddedAt">When it came to the registry.</param>
public sealed record PublisherKey(
    string KeyId, VerificationKey? PublicKey, string Status, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter, DateTimeOffset? Since, DateTimeOffset AddedAt)
{
    /// <summary>As it stands in indexes.</summary>
    public IndexedKey ToIndexed() => new(KeyId, PublicKey is null ? null : Convert.ToBase64String(PublicKey.ToDer()), Status, NotBefore, NotAfter, Since);

    /// <summary>As it is answered.</summary>
    public KeyView ToView() => new(KeyId, PublicKey is null ? KeyView.FromTrustBundle : KeyView.FromRegistry, PublicKey?.ToPem(), Status, NotBefore, NotAfter, Since, AddedAt);
}

/// <summary>A key in an answer.</summary>
/// <param name="KeyId">SHA-256 of its SubjectPublicKeyInfo.</param>
/// <param name="Source">What makes it trusted: <c>registry</c>, or <c>trust-bundle</c> for a key or an authority there.</param>
/// <param name="PublicKey">PEM; null where only its id is known.</param>
/// <param name="Status">A value of <see cref="KeyState"/>.</param>
/// <param name="NotBefore">Start of its validity, null for none.</param>
/// <param name="NotAfter">End of its validity, null for none.</param>
/// <param name="Since">When it was retired, or from when on it was compromised.</param>
/// <param name="AddedAt">When it came to the registry; null for a key that only the trust bundle has.</param>
public sealed record KeyView(
    string KeyId, string Source, string? PublicKey, string Status, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter, DateTimeOffset? Since, DateTimeOffset? AddedAt)
{
    public const string FromRegistry = "registry";
    public const string FromTrustBundle = "trust-bundle";
}

/// <summary>Body of <c>GET /api/registry/publishers/{publisher}/keys</c>.</summary>
/// <param name="Keys">All of them, at most a hundred or so.</param>
public sealed record KeyList(IReadOnlyList<KeyView> Keys);

/// <summary>Body of <c>POST /api/registry/publishers/{publisher}/keys</c>.</summary>
public sealed record AddKeyRequest
{
    /// <summary>One PEM block <c>PUBLIC KEY</c>.</summary>
    public required string PublicKey { get; init; }

    /// <summary>The envelope of a key proof (docs/formats.md), base64, signed with that key less than ten minutes ago.</summary>
    public required byte[] Proof { get; init; }

    /// <summary>Start of its validity, null for none.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>End of its validity, null for none.</summary>
    public DateTimeOffset? NotAfter { get; init; }
}

/// <summary>Body of <c>POST .../keys/{keyId}/compromise</c>.</summary>
public sealed record CompromiseRequest
{
    /// <summary>What was accepted at or after this time is rejected; not in the future.</summary>
    public required DateTimeOffset Since { get; init; }
}
