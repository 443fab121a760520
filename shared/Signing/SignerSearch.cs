using System.Collections.Frozen;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>Finds which trusted keys made the signatures of an envelope.</summary>
internal static class SignerSearch
{
    /// <summary>All that did, whomever they may sign for.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="trust">Pinned keys and authorities.</param>
    /// <param name="register">The registry's keys of a publisher.</param>
    /// <param name="at">When a certificate must be valid.</param>
    /// <param name="problem">Why there is none; of use only then.</param>
    public static IReadOnlyList<TrustedKey> Find(OpenedEnvelope envelope, TrustBundle trust, KeyRegister register, DateTimeOffset at, out Refusal problem)
    {
        problem = Unsigned(envelope, trust, register);
        var signers = new List<TrustedKey>();
        foreach (var signature in envelope.Signatures)
        {
            signers.AddRange(trust.Keys.Concat(register.Keys).Where(trusted => envelope.IsSignedBy(signature, trusted.Key)));
            if (signature.X5c is not { } chain) continue;
            if (FromChain(envelope, signature, chain, trust, at).TryGet(out var certified, out var fault)) signers.Add(certified);
            else problem = fault;
        }

        return signers;
    }

    private static Outcome<TrustedKey> FromChain(
        OpenedEnvelope envelope, EnvelopeSignature signature, IReadOnlyList<string> base64, TrustBundle trust, DateTimeOffset at)
    {
        if (!CertificateChain.Read(base64).TryGet(out var chain, out var refusal)) return refusal;
        if (!envelope.IsSignedBy(signature, chain.Key)) return SigningRefusal.Of("The signature does not verify with the key of its certificate. The publisher must sign the bundle again.");
        var publishers = new HashSet<string>(StringComparer.Ordinal);
        Refusal? last = null;
        foreach (var authority in trust.Authorities)
        {
            if (chain.FindFault(authority, at) is { } fault) last = fault;
            else publishers.UnionWith(authority.Publishers);
        }

        if (publishers.Count > 0) return new TrustedKey(chain.Key, publishers.ToFrozenSet(StringComparer.Ordinal), null, null);
        return last ?? SigningRefusal.Of("The trust bundle has no authority that could vouch for the certificate. Sign with a trusted key, or ask the platform's operator to add the authority.");
    }

    private static Refusal Unsigned(OpenedEnvelope envelope, TrustBundle trust, KeyRegister register)
    {
        var hints = envelope.Signatures.Select(signature => signature.Keyid).OfType<string>().ToList();
        return hints.Exists(hint => trust.Keys.Concat(register.Keys).Any(trusted => trusted.Key.KeyId == hint))
            ? SigningRefusal.Of("The signature does not verify: the statement or the signature was altered after signing. The publisher must sign the bundle again.")
            : SigningRefusal.Of(
                $"No trusted key signed this bundle{(hints.Count == 0 ? "" : $"; the envelope names key '{Printable.Of(hints[0])}'")}. "
                + "Sign with a trusted key, add the key with 'alga-ext keys add', or ask the platform's operator to add the publisher's public key to the trust bundle.");
    }
}
