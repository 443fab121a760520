using CsCheck;

namespace Alga.Extensions.Secrets.Tests;

public class SecretSealTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, SecretSeal.KeyBytes).Select(i => (byte)i)];
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid One = Guid.Parse("01936b2e-0000-7000-8000-000000000001");
    private static readonly Guid Two = Guid.Parse("01936b2e-0000-7000-8000-000000000002");
    private static readonly SecretBinding Binding = new(One, Two, "api-key", 1, At, At.AddDays(1));

    public static TheoryData<SecretBinding> Others() =>
    [
        Binding with { TenantId = Two },
        Binding with { InstallId = One },
        Binding with { Name = "api-keY" },
        Binding with { Version = 2 },
        Binding with { CreatedAt = At.AddSeconds(1) },
        Binding with { ExpiresAt = At.AddDays(2) },
        Binding with { ExpiresAt = null },
        Binding with { Name = "api-key\n1", Version = 1 },
    ];

    [Fact]
    public void What_was_sealed_opens_where_it_belongs() =>
        Gen.String[0, 200].Where(text => text.All(character => !char.IsSurrogate(character)))
            .Sample(value => SecretSeal.Open(Key, Binding, SecretSeal.Seal(Key, Binding, value)) == value);

    [Theory]
    [MemberData(nameof(Others))]
    public void It_opens_nowhere_else(SecretBinding other) => Assert.Null(SecretSeal.Open(Key, other, SecretSeal.Seal(Key, Binding, "canary")));

    [Fact]
    public void Another_key_does_not_open_it() => Assert.Null(SecretSeal.Open(new byte[SecretSeal.KeyBytes], Binding, SecretSeal.Seal(Key, Binding, "canary")));

    [Fact]
    public void No_flipped_bit_and_no_missing_byte_goes_unnoticed()
    {
        var bytes = SecretSeal.Seal(Key, Binding, "canary");
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(SecretSeal.Open(Key, Binding, bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (var length = 0; length < bytes.Length; length++) Assert.Null(SecretSeal.Open(Key, Binding, bytes.AsSpan(0, length)));
    }

    [Fact]
    public void Two_seals_of_one_value_look_different() => Assert.NotEqual(SecretSeal.Seal(Key, Binding, "canary"), SecretSeal.Seal(Key, Binding, "canary"));
}
