using System.Collections.Frozen;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>
/// Keys of one publisher at the registry, beside the trust bundle: some may sign of themselves, others only restrict what the trust
/// bundle allows. Whoever has it got it from the registry's database (the registry) or from a verified index (everybody else).
/// </summary>
public sealed class KeyRegister
{
    private readonly string publisher;
    private readonly FrozenDictionary<string, IndexedKey> entries;

    private KeyRegister(string publisher, FrozenDictionary<string, IndexedKey> entries, IReadOnlyList<TrustedKey> keys)
    {
        this.publisher = publisher;
        this.entries = entries;
        Keys = keys;
    }

    /// <summary>No key and no restriction.</summary>
    public static KeyRegister None { get; } = new("", FrozenDictionary<string, IndexedKey>.Empty, []);

    /// <summary>Those that may sign, for this publisher alone.</summary>
    public IReadOnlyList<TrustedKey> Keys { get; }

    /// <summary>Reads the entries; a refusal when one of them is not the key that it says.</summary>
    public static Outcome<KeyRegister> Of(string publisher, IReadOnlyList<IndexedKey> entries)
    {
        var publishers = FrozenSet.ToFrozenSet([publisher], StringComparer.Ordinal);
        var keys = new List<TrustedKey>();
        foreach (var entry in entries)
        {
            if (entry.PublicKey is null) continue;
            if (Base64.DecodeStandard(entry.PublicKey) is not { } der || !VerificationKey.TryRead(der, out var key, out _) || key.KeyId != entry.KeyId)
                return SigningRefusal.Of($"The public key under key id '{Printable.Of(entry.KeyId)}' is not that key. The platform's operator must look into it.");
            // Validity is told by FindFault, with the entry's own words.
            keys.Add(new TrustedKey(key, publishers, null, null));
        }

        return new KeyRegister(publisher, entries.ToFrozenDictionary(entry => entry.KeyId, StringComparer.Ordinal), keys);
    }

    /// <summary>Why a signature of a key does not count for something of a publisher that was accepted at a time; null when nothing here speaks against it.</summary>
    public Refusal? FindFault(string ofPublisher, string keyId, DateTimeOffset acceptedAt) =>
        ofPublisher == publisher && entries.TryGetValue(keyId, out var entry) ? entry.FindFault(acceptedAt) : null;
}
