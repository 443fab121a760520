using CsCheck;

namespace Alga.Extensions.BlobStorage.Tests;

public sealed class BlockDigestsTests
{
    [Fact]
    public async Task The_text_is_read_back_and_fits_the_metadata_of_S3_up_to_the_largest_number_of_blocks()
    {
        var digests = await BlockDigests.OfAsync(new MemoryStream(new byte[64 * BlockDigests.MinBlockBytes]), CancellationToken.None);

        Assert.Equal(BlockDigests.MinBlockBytes, digests.BlockBytes);
        Assert.InRange(digests.ToString().Length, 0, 2048 - BlockDigests.MetadataName.Length);
        Assert.True(BlockDigests.TryParse(digests.ToString(), out var read));
        Assert.Equal(digests.ToString(), read.ToString());
    }

    [Fact]
    public async Task A_larger_blob_has_larger_blocks()
    {
        var content = new byte[(64 * BlockDigests.MinBlockBytes) + 1];
        content[^1] = 1;

        var digests = await BlockDigests.OfAsync(new MemoryStream(content), CancellationToken.None);

        Assert.Equal(2 * BlockDigests.MinBlockBytes, digests.BlockBytes);
        Assert.True(digests.Matches(32, [1]));
        Assert.False(digests.Matches(32, [0]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("20")]
    [InlineData("20.0")]
    [InlineData("19.0.")]
    [InlineData("27.0.")]
    [InlineData("20.-1.")]
    [InlineData("20.1.")]
    [InlineData("20.0.AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("20.1.AAAA")]
    [InlineData("20.1.not base64 at all!!!!")]
    [InlineData("20.99999999999999999999.")]
    [InlineData("20.67108865.")]
    public void Text_in_another_form_is_no_digest(string? text) => Assert.False(BlockDigests.TryParse(text, out _));

    [Fact]
    public void Any_text_is_read_without_an_exception() => Gen.String.Sample(text =>
    {
        _ = BlockDigests.TryParse("20." + text, out _);
        _ = BlockDigests.TryParse("20.1." + text, out _);
    });
}
