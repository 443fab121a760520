namespace Alga.Extensions.Runner.HostApis.Tests;

public class SecretTemplateTests
{
    [Theory]
    [InlineData("Bearer {{secret:api-key}}", "Bearer <api-key>")]
    [InlineData("{{secret:a}}{{secret:b}}", "<a><b>")]
    [InlineData("{{secret:nested}}", "{{secret:x}}")]
    [InlineData("{{other:a}}", "{{other:a}}")]
    public void A_secret_is_put_where_it_is_named_and_what_is_put_is_not_read_again(string value, string expected) =>
        Assert.Equal(expected, SecretTemplate.Fill(value, name => name == "nested" ? "{{secret:x}}" : $"<{name}>"));

    [Theory]
    [InlineData("{{secret:}}")]
    [InlineData("{{secret:a")]
    [InlineData("{{secret: a}}")]
    [InlineData("{{secret:é}}")]
    [InlineData("{{SECRET:a}}")]
    [InlineData("{{secret:a}} {{secret:b")]
    public void A_malformed_template_is_refused_rather_than_sent(string value) =>
        Assert.Throws<FetchException>(() => SecretTemplate.Fill(value, name => name));

    [Fact]
    public void Secrets_that_are_named_again_and_again_do_not_make_a_header_of_megabytes()
    {
        var secret = new string('s', 24 * 1024);
        Assert.StartsWith(secret, SecretTemplate.Fill("{{secret:a}}, and some more", _ => secret), StringComparison.Ordinal);
        var asked = 0;
        var exception = Assert.Throws<FetchException>(() => SecretTemplate.Fill(string.Concat(Enumerable.Repeat("{{secret:a}}", 1_000)), _ => ++asked > 0 ? secret : ""));
        Assert.Equal(2, asked);
        Assert.Contains("fewer secrets", exception.Error.Message, StringComparison.Ordinal);
    }
}
