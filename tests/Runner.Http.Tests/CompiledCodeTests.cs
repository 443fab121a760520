using System.Security.Cryptography;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>The MAC of compiled code: what it opens, and all that it does not.</summary>
public sealed class CompiledCodeTests
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] code = RandomNumberGenerator.GetBytes(20_000);
    private readonly CompiledIdentity identity = CompiledIdentity.Of(ContentHash.Of([1]), SHA256.HashData([1]), "engine 1");

    [Fact]
    public void What_was_sealed_is_opened()
    {
        Assert.True(CompiledCode.TryOpen(identity, key, Sealed(), out var opened));
        Assert.Equal(code, opened.Code.ToArray());
        Assert.Equal(code.Length, opened.Length);
        Assert.Equal(GuestClass.Script, opened.Class);
    }

    [Fact]
    public void It_says_which_code_it_shares()
    {
        Assert.True(CompiledCode.TryOpen(identity, key, Sealed(), out var whole));
        Assert.Null(whole.SharedDigest);
        var digest = SHA256.HashData([3]);
        Assert.True(CompiledCode.TryOpen(identity, key, CompiledCode.Seal(identity, key, GuestClass.Script, code, digest).File.ToArray(), out var linked));
        Assert.Equal(digest, linked.SharedDigest!.Value.ToArray());
        Assert.Equal(code, linked.Code.ToArray());
    }

    [Fact]
    public void A_flipped_bit_in_any_byte_of_the_header_is_found()
    {
        for (var at = 0; at < CompiledCode.HeaderBytes; at++)
        {
            for (var bit = 0; bit < 8; bit++) Assert.False(Opens(Flipped(at, bit)), $"byte {at}, bit {bit}");
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_the_code_is_found()
    {
        for (var at = CompiledCode.HeaderBytes; at < code.Length + CompiledCode.HeaderBytes; at += 1_000)
        {
            Assert.False(Opens(Flipped(at, at / 1_000 % 8)));
        }
    }

    [Fact]
    public void A_file_of_another_length_is_not_opened()
    {
        var whole = Sealed();
        foreach (var length in new[] { 0, 1, 8, CompiledCode.HeaderBytes - 1, CompiledCode.HeaderBytes, CompiledCode.HeaderBytes + 1, whole.Length - 1 })
        {
            Assert.False(Opens(whole[..length]));
        }

        Assert.False(Opens([.. whole, 0]));
    }

    [Fact]
    public void Another_component_engine_target_or_key_does_not_open_it()
    {
        var file = Sealed();
        Assert.False(CompiledCode.TryOpen(identity with { WasmDigest = SHA256.HashData([2]) }, key, file, out _));
        Assert.False(CompiledCode.TryOpen(identity with { Engine = "engine 2" }, key, file, out _));
        Assert.False(CompiledCode.TryOpen(identity with { Target = "aarch64-unknown-linux-gnu" }, key, file, out _));
        Assert.False(CompiledCode.TryOpen(identity, RandomNumberGenerator.GetBytes(32), file, out _));
    }

    [Fact]
    public void A_class_that_this_version_does_not_know_is_not_opened() =>
        Assert.False(Opens(CompiledCode.Seal(identity, key, (GuestClass)7, code).File.ToArray()));

    [Fact]
    public void Engine_and_key_change_the_name_of_the_blob()
    {
        Assert.Matches(@"^sha256/[0-9a-f]{64}/compiled/[0-9a-f]{16}/[a-z0-9_]+-[a-z0-9_-]+\.cwasm$", identity.BlobName(key));
        Assert.NotEqual(identity.BlobName(key), (identity with { Engine = "engine 2" }).BlobName(key));
        Assert.NotEqual(identity.BlobName(key), identity.BlobName(RandomNumberGenerator.GetBytes(32)));
        Assert.NotEqual(identity.BlobName(key), (identity with { Source = ContentHash.Of([2]) }).BlobName(key));
    }

    private bool Opens(byte[] file) => CompiledCode.TryOpen(identity, key, file, out _);

    private byte[] Sealed() => CompiledCode.Seal(identity, key, GuestClass.Script, code).File.ToArray();

    private byte[] Flipped(int at, int bit)
    {
        var file = Sealed();
        file[at] ^= (byte)(1 << bit);
        return file;
    }
}
