using Alga.Extensions.Contracts;
using Alga.Extensions.Gateway.Normalise;
using CsCheck;

namespace Alga.Extensions.Gateway.Tests;

public class ExtensionPathTests
{
    [Theory]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("greetings/ada", "/greetings/ada")]
    [InlineData("a b/ü/☃", "/a b/ü/☃")]
    [InlineData("a/", "/a/")]
    [InlineData("a.b/..c/d..", "/a.b/..c/d..")]
    [InlineData("\U0001F600", "/\U0001F600")]
    public void A_plain_path_stays_as_it_is(string? routeValue, string path)
    {
        Assert.True(ExtensionPath.Normalise(routeValue).TryGet(out var normalised, out _));
        Assert.Equal(path, normalised);
    }

    [Theory]
    [InlineData("a%2Fb")]
    [InlineData("a%2fb")]
    [InlineData("a%5cb")]
    [InlineData("a\\b")]
    [InlineData("%2e%2e/x")]
    [InlineData("a%00")]
    [InlineData("a\0")]
    [InlineData("a%25b")]
    [InlineData("100%")]
    [InlineData("a%FFb")]
    [InlineData("a\uFFFDb")]
    [InlineData("a;b=c")]
    [InlineData("..;/admin")]
    [InlineData("a//b")]
    [InlineData("/admin")]
    [InlineData("/")]
    [InlineData("a//")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("a/../b")]
    [InlineData("a/.")]
    [InlineData("a\nb")]
    [InlineData("a\u007fb")]
    [InlineData("a\ud800b")]
    [InlineData("a\udc00\ud800")]
    public void What_can_be_read_in_two_ways_is_refused(string routeValue)
    {
        Assert.False(ExtensionPath.Normalise(routeValue).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.InvalidRequest, refusal.Code);
    }

    [Fact]
    public void An_accepted_path_means_the_same_however_it_is_read() => Gen.String[Gen.Char["ab./\\;%2eF5c\0\uFFFD é"], 0, 12].Sample(value =>
    {
        if (!ExtensionPath.Normalise(value).TryGet(out var path, out _)) return;
        Assert.Equal(path, Uri.UnescapeDataString(path));
        Assert.DoesNotContain("//", path, StringComparison.Ordinal);
        Assert.Equal(path, new Uri("http://h" + Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)).AbsolutePath is var seen ? Uri.UnescapeDataString(seen) : "");
        Assert.True(ExtensionPath.Normalise(path[1..]).TryGet(out var again, out _));
        Assert.Equal(path, again);
    });
}
