namespace Alga.Extensions.Runner.HostApis.Tests;

public class FetchHeadersTests
{
    [Theory]
    [InlineData("Host")]
    [InlineData("connection")]
    [InlineData("Keep-Alive")]
    [InlineData("proxy-authorization")]
    [InlineData("Proxy-Connection")]
    [InlineData("te")]
    [InlineData("trailer")]
    [InlineData("Transfer-Encoding")]
    [InlineData("upgrade")]
    [InlineData("content-length")]
    [InlineData("expect")]
    [InlineData("cookie")]
    [InlineData("accept-encoding")]
    [InlineData(":authority")]
    [InlineData("x y")]
    [InlineData("x\n")]
    [InlineData("x:")]
    [InlineData("")]
    [InlineData("é")]
    public void A_header_that_is_not_the_guests_to_set_is_refused(string name) => Assert.NotNull(FetchHeaders.Read([new(name, "v")]).Fault);

    [Theory]
    [InlineData("a\r\nhost: evil")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("é")]
    [InlineData("\u007f")]
    public void A_value_that_could_end_the_line_is_refused_and_not_repeated(string value) =>
        Assert.DoesNotContain(value, FetchHeaders.Read([new("x", value)]).Fault!, StringComparison.Ordinal);

    [Fact]
    public void Names_are_sent_in_lower_case_and_repeated_ones_stay() =>
        Assert.Equal([new("x-a", "1"), new("x-a", "2")], FetchHeaders.Read([new("X-A", "1"), new("x-a", "2")]).Headers);

    [Fact]
    public void Too_many_or_too_large_headers_are_refused()
    {
        Assert.NotNull(FetchHeaders.Read([.. Enumerable.Range(0, 65).Select(i => KeyValuePair.Create($"x-{i}", "v"))]).Fault);
        Assert.Null(FetchHeaders.Read([new("x", new string('v', (16 * 1024) - 1))]).Fault);
        Assert.NotNull(FetchHeaders.Read([new("x", new string('v', 16 * 1024))]).Fault);
    }
}
