using CsCheck;

namespace Alga.Extensions.Contracts.Tests;

public class ContentHashTests
{
    [Fact]
    public void A_hash_parses_from_what_it_writes() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        var hash = ContentHash.Of(bytes);
        Assert.True(ContentHash.TryParse(hash.ToString(), out var parsed));
        Assert.Equal(hash, parsed);
        Assert.Equal("sha256:" + hash.Hex, hash.ToString());
    });

    [Fact]
    public void The_empty_input_has_the_known_hash() =>
        Assert.Equal("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", ContentHash.Of([]).ToString());

    [Fact]
    public void Only_one_spelling_is_a_hash() => Gen.Select(Gen.Int[0, 70], Gen.Char).Sample((index, character) =>
    {
        var text = ContentHash.Of("x"u8).ToString().ToCharArray();
        var before = text[index];
        text[index] = character;
        var valid = character == before || (index >= 7 && char.IsAsciiHexDigitLower(character));
        Assert.Equal(valid, ContentHash.TryParse(new string(text), out _));
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n")]
    public void What_is_no_hash_is_refused(string? text) => Assert.False(ContentHash.TryParse(text, out _));

    [Fact]
    public void A_digest_of_another_length_is_a_fault() => Assert.Throws<ArgumentException>(() => ContentHash.FromDigest(new byte[31]));
}
