using CsCheck;

namespace Alga.Extensions.Runner.HostApis.Tests;

public class FetchUrlTests
{
    [Theory]
    [InlineData("https://api.example.com", "https://api.example.com/")]
    [InlineData("HTTPS://API.Example.com:443/a?b=c#d", "https://api.example.com/a?b=c")]
    [InlineData("https://xn--bcher-kva.example/%C3%A9", "https://xn--bcher-kva.example/%C3%A9")]
    [InlineData("https://api.example.com/login?next=https://other.example/@x", "https://api.example.com/login?next=https://other.example/@x")]
    public void A_plain_url_is_read(string text, string expected) => Assert.Equal(expected, FetchUrl.Read(text).Url?.AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("api.example.com")]
    [InlineData("//api.example.com/")]
    [InlineData("http://api.example.com/")]
    [InlineData("ftp://api.example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https:api.example.com")]
    [InlineData("https:/api.example.com")]
    [InlineData("https:///api.example.com")]
    [InlineData("https://")]
    [InlineData(" https://api.example.com/")]
    [InlineData("https://api.example.com/ x")]
    [InlineData("https://api.example.com/\r\nx: y")]
    [InlineData("https://api.example.com\\@evil.example/")]
    [InlineData("https://user@api.example.com/")]
    [InlineData("https://user:pass@api.example.com/")]
    [InlineData("https://@api.example.com/")]
    [InlineData("https://api.example.com@evil.example/")]
    [InlineData("https://api.example.com:80/")]
    [InlineData("https://api.example.com:8443/")]
    [InlineData("https://api.example.com:0443/")]
    [InlineData("https://api.example.com:/")]
    [InlineData("https://api.example.com:443:443/")]
    [InlineData("https://api.example.com./")]
    [InlineData("https://.example.com/")]
    [InlineData("https://api..example.com/")]
    [InlineData("https://localhost/")]
    [InlineData("https://com/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://1.1.1.0x1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://１２７.0.0.1/")]
    [InlineData("https://bücher.example/")]
    [InlineData("https://api.example。com/")]
    [InlineData("https://api%2eexample.com/")]
    [InlineData("https://api.example.com%00.evil.example/")]
    [InlineData("https://-api.example.com/")]
    [InlineData("https://169.254.169.254/metadata")]
    public void Anything_else_is_refused_and_the_text_is_not_repeated(string text)
    {
        var (url, fault) = FetchUrl.Read(text);
        Assert.Null(url);
        Assert.False(string.IsNullOrEmpty(fault));
        if (text.Length > 12) Assert.DoesNotContain(text, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_url_that_is_too_long_is_refused() =>
        Assert.NotNull(FetchUrl.Read("https://api.example.com/" + new string('a', FetchLimits.MaxUrlLength)).Fault);

    [Theory]
    [InlineData("/b", "https://api.example.com/b")]
    [InlineData("b?x=https://c.example/", "https://api.example.com/a/b?x=https://c.example/")]
    [InlineData("//other.example/c", "https://other.example/c")]
    [InlineData("https://other.example/c", "https://other.example/c")]
    [InlineData("//127.1/", null)]
    [InlineData("https://2130706433/", null)]
    [InlineData("http://api.example.com/", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("//user@other.example/", null)]
    public void A_redirect_is_resolved_and_judged_the_same_way(string location, string? expected) =>
        Assert.Equal(expected, FetchUrl.Resolve(new Uri("https://api.example.com/a/x"), location).Url?.AbsoluteUri);

    [Fact]
    public void Whatever_is_accepted_has_a_host_that_is_a_name_and_the_one_that_was_written() =>
        Gen.String[Gen.OneOf(Gen.Char['a', 'f'], Gen.Char['0', '9'], Gen.Int[0, 10].Select(i => ".:@/-[]%\\xé"[i])), 1, 20].Sample(rest =>
        {
            if (FetchUrl.Read("https://" + rest).Url is not { } url) return true;
            return url.HostNameType == UriHostNameType.Dns && url.IsDefaultPort && url.UserInfo.Length == 0
                && rest.StartsWith(url.Host, StringComparison.Ordinal) && !System.Net.IPAddress.TryParse(url.Host, out _);
        }, iter: 20_000);
}
