namespace Alga.Extensions.Contracts.Tests;

public class CompiledVariantTests
{
    private static readonly CompiledVariant Variant = new("0123456789abcdef", "x86_64-unknown-linux-gnu");
    private static readonly ContentHash Hash = ContentHash.Of("x"u8);

    [Fact]
    public void A_mark_is_read_back()
    {
        var day = new DateOnly(2026, 2, 28);
        Assert.Equal("sha256/used/compiled/0123456789abcdef/x86_64-unknown-linux-gnu/2026-02-28", Variant.Mark(day));
        Assert.True(CompiledVariant.TryReadMark(Variant.Mark(day), out var variant, out var read));
        Assert.Equal((Variant, day), (variant, read));
    }

    [Fact]
    public void The_names_of_both_kinds_of_code_say_their_variant()
    {
        foreach (var name in new[] { BundleBlobNames.Compiled(Hash, Variant.Fingerprint, Variant.Target), BundleBlobNames.SharedCode(Hash, Variant.Fingerprint, Variant.Target) })
        {
            Assert.True(CompiledVariant.TryReadCode(name, out var variant), name);
            Assert.Equal(Variant, variant);
        }
    }

    [Fact]
    public void A_mark_lies_where_a_runner_may_write_and_belongs_to_no_bundle()
    {
        // The condition of the runner's role, see infra/bicep/modules/bundles.bicep.
        Assert.Matches("^sha256/.*/compiled/.*$", Variant.Mark(new DateOnly(2026, 1, 1)));
        Assert.False(BundleBlobNames.TryReadFolder("sha256/used/", out _));
        Assert.False(CompiledVariant.TryReadCode(Variant.Mark(new DateOnly(2026, 1, 1)), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256/used/compiled/0123456789abcdef/x86_64-unknown-linux-gnu/2026-02-29")]
    [InlineData("sha256/used/compiled/0123456789abcdef/x86_64-unknown-linux-gnu/2026-2-28")]
    [InlineData("sha256/used/compiled/0123456789abcdef/x86_64-unknown-linux-gnu/2026-02-28\n")]
    [InlineData("sha256/used/compiled/0123456789abcdef/x86_64-unknown-linux-gnu/2026-02-28/x")]
    [InlineData("sha256/used/compiled/0123456789ABCDEF/x86_64-unknown-linux-gnu/2026-02-28")]
    [InlineData("sha256/used/compiled/0123456789abcde/x86_64-unknown-linux-gnu/2026-02-28")]
    [InlineData("sha256/used/compiled/0123456789abcdef/x86_64/2026-02-28")]
    [InlineData("sha256/used/compiled/0123456789abcdef/../2026-02-28")]
    [InlineData("x/sha256/used/compiled/0123456789abcdef/x86_64-unknown-linux-gnu/2026-02-28")]
    public void Nothing_else_is_a_mark(string name) => Assert.False(CompiledVariant.TryReadMark(name, out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData("HASH/bundle.tar.zst")]
    [InlineData("HASH/compiled/0123456789abcdef/x86_64-unknown-linux-gnu.wasm")]
    [InlineData("HASH/compiled/0123456789abcdef/x86_64-unknown-linux-gnu.cwasm\n")]
    [InlineData("HASH/compiled/0123456789abcdef/x/x86_64-unknown-linux-gnu.cwasm")]
    [InlineData("HASH/compiled/0123456789abcdeF/x86_64-unknown-linux-gnu.cwasm")]
    [InlineData("HASH/compiled/x86_64-unknown-linux-gnu.cwasm")]
    [InlineData("sha256/shared/compiled/0123456789abcdef/x86_64-unknown-linux-gnu.cwasm")]
    [InlineData("sha256/0123/compiled/0123456789abcdef/x86_64-unknown-linux-gnu.cwasm")]
    public void Nothing_else_is_compiled_code(string name) =>
        Assert.False(CompiledVariant.TryReadCode(name.Replace("HASH", $"sha256/{Hash.Hex}", StringComparison.Ordinal), out _));
}
