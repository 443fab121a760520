using Alga.Extensions.Contracts;
using Alga.Extensions.Signing;

namespace Alga.Extensions.Registry.Seal;

/// <summary>The registry's key, ready to sign what the registry says. Safe for use by many threads.</summary>
public sealed class RegistrySeal(SigningKey key)
{
    private readonly Lock gate = new();

    public string KeyId => key.Public.KeyId;

    /// <summary>Signs a counter-signature.</summary>
    public Outcome<byte[]> Sign(AcceptanceStatement statement)
    {
        lock (gate) return EnvelopeSigner.Sign(statement, key);
    }

    /// <summary>Signs an index.</summary>
    public Outcome<byte[]> Sign(IndexStatement statement)
    {
        lock (gate) return EnvelopeSigner.Sign(statement, key);
    }
}
