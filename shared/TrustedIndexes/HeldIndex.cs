using System.Collections.Frozen;
using System.Security.Cryptography;
using Alga.Extensions.Contracts;
using Alga.Extensions.Signing;

namespace Alga.Extensions.TrustedIndexes;

/// <summary>A verified index, made ready for questions: what speaks against each version is found once, not at each call.</summary>
public sealed class HeldIndex
{
    private readonly FrozenDictionary<string, Verdict> verdicts;
    private readonly byte[] digest;

    private sealed record Verdict(IndexedVersion Version, Refusal? Fault);

    public HeldIndex(VerifiedIndex index, byte[] envelope)
    {
        Index = index;
        digest = SHA256.HashData(envelope);
        verdicts = index.Statement.Versions.ToFrozenDictionary(version => version.Version, version => new Verdict(version, Judge(version)), StringComparer.Ordinal);
    }

    public VerifiedIndex Index { get; }

    public long Number => Index.Statement.Number;

    public DateTimeOffset ExpiresAt => Index.Statement.ExpiresAt;

    /// <summary>Whether another index is the very same document: a number is given once.</summary>
    public bool IsSame(HeldIndex other) => digest.AsSpan().SequenceEqual(other.digest);

    /// <summary>Whether the index lists this version with this bundle.</summary>
    public bool Lists(string version, ContentHash hash) => verdicts.TryGetValue(version, out var verdict) && hash.Digits.SequenceEqual(verdict.Version.Sha256);

    /// <summary>What speaks against a version with a bundle; null when nothing does.</summary>
    public Refusal? FindFault(string version, ContentHash hash)
    {
        if (!verdicts.TryGetValue(version, out var verdict))
        {
            return Index.Statement.Versions.Any(other => other.Sha256 == hash.Hex)
                ? new Refusal(ErrorCode.SignatureInvalid, "The registry's signed index lists this bundle as another version. Install the version anew.")
                : new Refusal(ErrorCode.BundleUnavailable, "The registry's signed index does not list this version. Publish it again, or install another.");
        }

        if (!hash.Digits.SequenceEqual(verdict.Version.Sha256)) return new Refusal(ErrorCode.SignatureInvalid, "The registry's signed index lists this version with another bundle. Install the version anew.");
        return verdict.Fault;
    }

    private Refusal? Judge(IndexedVersion version)
    {
        if (version.Status == VersionState.Revoked) return new Refusal(ErrorCode.VersionRevoked, $"Version {version.Version} was revoked. Upgrade to another version.");
        return Index.Keys.FindFault(Index.Statement.Publisher, version.KeyId, version.AcceptedAt);
    }
}
