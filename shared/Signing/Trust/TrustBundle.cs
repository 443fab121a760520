using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>
/// The root of all trust, written as PEM with lines before each block that say what it is for (<see cref="TrustEntry"/>):
/// keys and certificates that sign for publishers, authorities that vouch for such keys, and the registry's own keys.
/// One fault anywhere refuses the whole.
/// </summary>
public sealed class TrustBundle
{
    internal const string PublishersPrefix = "publishers:";

    private TrustBundle(IReadOnlyList<TrustedKey> keys, IReadOnlyList<TrustAuthority> authorities, IReadOnlyList<RegistryKey> registryKeys)
    {
        Keys = keys;
        Authorities = authorities;
        RegistryKeys = registryKeys;
    }

    /// <summary>Keys that sign for publishers, each key once.</summary>
    public IReadOnlyList<TrustedKey> Keys { get; }

    /// <summary>Whose certificates are trusted, and for which publishers.</summary>
    public IReadOnlyList<TrustAuthority> Authorities { get; }

    /// <summary>Keys that counter-sign and sign indexes.</summary>
    public IReadOnlyList<RegistryKey> RegistryKeys { get; }

    /// <summary>Reads a setting that is either PEM itself or the path of a file with PEM.</summary>
    public static Outcome<TrustBundle> Load(string pathOrPem)
    {
        if (pathOrPem.Contains("-----BEGIN ", StringComparison.Ordinal)) return Parse(pathOrPem);
        try
        {
            return Parse(File.ReadAllText(pathOrPem));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return SigningRefusal.Of($"The trust bundle '{Printable.Of(pathOrPem)}' cannot be read. Give the path of a readable PEM file, or the PEM text itself.");
        }
    }

    /// <summary>Reads PEM text.</summary>
    public static Outcome<TrustBundle> Parse(string pem)
    {
        if (!PemText.Parse(pem).TryGet(out var blocks, out var refusal)) return refusal;
        if (blocks.Count == 0) return SigningRefusal.Of("The trust bundle has no key. Add a publisher's public key; 'alga-ext keygen' writes one with its 'publishers:' line.");
        var entries = new List<TrustEntry>();
        foreach (var block in blocks)
        {
            if (!TrustEntry.Read(block).TryGet(out var entry, out var fault)) return fault;
            // Also across roles: a key that signs for a publisher must never be able to counter-sign what it signed.
            if (entries.Exists(other => other.Key.KeyId == entry.Key.KeyId)) return entry.Refuse("this key is there twice; name all its publishers in one line, and give the registry a key of its own");
            entries.Add(entry);
        }

        var authorities = entries.Where(entry => entry.Role == TrustRole.Authority).Select(entry => new TrustAuthority(entry.Der, entry.Names)).ToList();
        foreach (var entry in entries)
        {
            if (entry.FindIssuerFault(authorities) is { } fault) return fault;
        }

        return new TrustBundle(
            [.. entries.Where(entry => entry.Role == TrustRole.Publisher).Select(entry => new TrustedKey(entry.Key, entry.Names, entry.NotBefore, entry.NotAfter))],
            authorities,
            [.. entries.Where(entry => entry.Role == TrustRole.Registry).Select(entry => new RegistryKey(entry.Key, entry.Names.Single(), entry.NotBefore, entry.NotAfter))]);
    }
}
