using System.Text;
using Alga.Extensions.Contracts;
using Alga.Extensions.EndToEnd.Tests.Support;

namespace Alga.Extensions.EndToEnd.Tests.Requests;

[Collection(PlatformCollection.Name)]
public sealed class RequestTests(PlatformFixture platform)
{
    [Fact]
    public async Task An_endpoint_that_is_not_declared_is_not_found() =>
        (await GetAsync("/undeclared")).AssertProblem(404, "endpoint_not_found");

    [Fact]
    public async Task A_method_that_is_not_declared_is_not_found() =>
        (await SendAsync(HttpMethod.Delete, "/counter", null)).AssertProblem(404, "endpoint_not_found");

    [Fact]
    public async Task A_text_body_of_the_documented_size_passes_in_both_directions()
    {
        var body = Encoding.UTF8.GetBytes(new string('a', PlatformLimits.MaxTextBodyBytes));

        var answer = await SendAsync(HttpMethod.Post, "/echo", body);

        Assert.True(answer.Status == 200, answer.Text[..Math.Min(500, answer.Text.Length)]);
        Assert.Equal(body, answer.Body);
    }

    [Fact]
    public async Task A_body_one_byte_larger_is_refused() =>
        (await SendAsync(HttpMethod.Post, "/echo", new byte[PlatformLimits.MaxTextBodyBytes + 1])).AssertProblem(413, "body_too_large");

    [Theory]
    [InlineData("/request/a%2fb/rest")]
    [InlineData("/request/a;b/rest")]
    [InlineData("/request/a%5cb/rest")]
    public async Task An_ambiguous_path_is_refused(string path) => (await GetAsync(path)).AssertProblem(400, "invalid_request");

    private Task<GatewayAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    private Task<GatewayAnswer> SendAsync(HttpMethod method, string path, byte[]? body) =>
        platform.Gateway.SendAsync(method, PlatformFixture.Hostile, path, platform.Token("ada"), body);
}
