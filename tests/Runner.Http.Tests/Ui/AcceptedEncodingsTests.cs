using CsCheck;
using Microsoft.Extensions.Primitives;

namespace Alga.Extensions.Runner.Http.Tests.Ui;

public sealed class AcceptedEncodingsTests
{
    [Theory]
    [InlineData(null, false, false)]
    [InlineData("", false, false)]
    [InlineData("gzip, deflate, br, zstd", true, true)]
    [InlineData("gzip, deflate, br", true, true)]
    [InlineData("gzip", false, true)]
    [InlineData("BR", true, false)]
    [InlineData("br;q=0, gzip;q=0.5", false, true)]
    [InlineData("*", true, true)]
    [InlineData("*;q=0", false, false)]
    [InlineData("br;q=0, *", false, true)]
    [InlineData("identity", false, false)]
    [InlineData("br;;q=", false, false)]
    public void A_header_says_what_is_taken(string? header, bool brotli, bool gzip) =>
        Assert.Equal(new AcceptedEncodings(brotli, gzip), AcceptedEncodings.Read(header is null ? StringValues.Empty : header));

    [Fact]
    public void No_header_makes_it_fail() => Gen.String.Array[0, 3].Sample(values => AcceptedEncodings.Read(values) is var _);
}
