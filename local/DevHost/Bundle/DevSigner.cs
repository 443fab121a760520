using Alga.Extensions.Contracts;
using Alga.Extensions.Signing;

namespace Alga.Extensions.DevHost.Bundle;

/// <summary>Signs as publisher and as registry, with keys of this run alone: gateway and runner check what they always check.</summary>
internal sealed class DevSigner(string publisher, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private readonly SigningKey publisherKey = SigningKey.Create();
    private readonly SigningKey registryKey = SigningKey.Create();

    public string Publisher => publisher;

    public string RegistryKeyId => registryKey.Public.KeyId;

    /// <summary>The trust bundle that names both keys.</summary>
    public string TrustText => publisherKey.ToTrustEntry(publisher) + registryKey.ToRegistryEntry(BundleStatement.DefaultRegistry);

    /// <summary>The publisher's signature, the registry's counter-signature, and the version's line for the index.</summary>
    public (byte[] Envelope, byte[] Acceptance, IndexedVersion Line) Accept(BundleStatement statement)
    {
        var envelope = Unwrap(EnvelopeSigner.Sign(statement, publisherKey));
        var acceptance = AcceptanceStatement.Of(new SignedStatement(statement, publisherKey.Public.KeyId), envelope, time.GetUtcNow());
        var line = new IndexedVersion(statement.Version, statement.Bundle.Sha256, VersionState.Ok, publisherKey.Public.KeyId, acceptance.AcceptedAt);
        return (envelope, Unwrap(EnvelopeSigner.Sign(acceptance, registryKey)), line);
    }

    /// <summary>An index of these versions and when it ends.</summary>
    public (byte[] Envelope, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt) Index(string extension, long number, IReadOnlyList<IndexedVersion> versions)
    {
        var now = time.GetUtcNow();
        var statement = IndexStatement.Of(BundleStatement.DefaultRegistry, publisher, extension, number, now, Lifetime, versions, []);
        return (Unwrap(EnvelopeSigner.Sign(statement, registryKey)), now, now + Lifetime);
    }

    public void Dispose()
    {
        publisherKey.Dispose();
        registryKey.Dispose();
    }

    private static byte[] Unwrap(Outcome<byte[]> outcome) =>
        outcome.TryGet(out var bytes, out var refusal) ? bytes : throw new InvalidOperationException(refusal.Message);
}
