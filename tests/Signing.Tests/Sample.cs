using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing.Tests;

/// <summary>Shorthand for the tests of this project.</summary>
internal static class Sample
{
    public const string Publisher = "alga-samples";

    public static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    public static SigningKey Key { get; } = SigningKey.Create();

    public static TrustBundle Trust { get; } = Accepted(TrustBundle.Parse(Key.ToTrustEntry(Publisher)));

    public static BundleStatement Statement { get; } = BundleStatement.Of(
        BundleStatement.DefaultRegistry,
        Publisher,
        "com.alga.samples.hello",
        "1.0.0",
        ContentHash.Of("bundle"u8),
        6,
        [new("dist/main.wasm", Hash("a")), new("manifest.json", Hash("b"))],
        [Capability.StorageKv, Capability.MetricsEmit]);

    public static T Accepted<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.TryGet(out var value, out var refusal), refusal?.Message);
        return value;
    }

    public static string Refused<T>(Outcome<T> outcome)
    {
        Assert.False(outcome.TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.SignatureInvalid, refusal!.Code);
        return refusal.Message;
    }

    public static byte[] Sign(byte[] payload, SigningKey? key = null, string type = BundleStatement.PayloadType) =>
        Accepted(EnvelopeSigner.Sign(type, payload, key ?? Key));

    public static string Pem(string label, byte[] der) => $"publishers: {Publisher}\n{PemEncoding.WriteString(label, der)}\n";

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
