using System.Net;

namespace Alga.Extensions.LocalFunctions.Tests;

public sealed class RoutingTests(SampleHost host) : IClassFixture<SampleHost>
{
    private Task<string> GetAsync(string path) => host.Client.GetStringAsync(path);

    [Fact]
    public async Task A_function_answers_below_the_route_prefix()
    {
        Assert.Equal("GET hello ada", await GetAsync("/pre/greet/ada"));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/greet/ada")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/api/greet/ada")).StatusCode);
    }

    [Fact]
    public async Task Matching_ignores_case_and_keeps_the_case_of_values() => Assert.Equal("GET hello Ada", await GetAsync("/PRE/Greet/Ada"));

    [Fact]
    public async Task A_slash_at_the_end_does_not_matter() => Assert.Equal("GET hello ada", await GetAsync("/pre/greet/ada/"));

    [Theory]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    public async Task A_wrong_method_is_404(string method)
    {
        using var message = new HttpRequestMessage(new HttpMethod(method), "/pre/greet/ada");
        using var response = await host.Client.SendAsync(message);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Without_methods_a_function_takes_all()
    {
        using var message = new HttpRequestMessage(HttpMethod.Delete, "/pre/rest/1");
        using var response = await host.Client.SendAsync(message);
        Assert.Equal("DELETE 1 hello null", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/pre/rest/1", "null")]
    [InlineData("/pre/rest/1/", "null")]
    [InlineData("/pre/rest/1/a/b", "a/b")]
    [InlineData("/pre/rest/1/a/b/", "a/b/")]
    [InlineData("/pre/rest/1/a%2Fb", "a%2Fb")]
    [InlineData("/pre/rest/1/a%20b", "a b")]
    [InlineData("/pre/rest/1/a%252Fb", "a%2Fb")]
    [InlineData("/pre/rest/1/a//b", "a//b")]
    [InlineData("/pre/rest/1//b", "/b")]
    [InlineData("/pre/rest/1/a/../b", "b")]
    [InlineData("/pre/rest/1/a/%2e%2e/b", "b")]
    [InlineData("/pre/rest/1/a;x/b", "a;x/b")]
    public async Task A_catch_all_has_what_the_real_host_gives(string target, string path) =>
        Assert.EndsWith($"GET 1 hello {path}", await host.RawAsync("GET", target), StringComparison.Ordinal);

    [Theory]
    [InlineData("/pre/rest")]
    [InlineData("/pre/rest//x")]
    [InlineData("/pre/greet")]
    [InlineData("/pre/greet/a/b")]
    [InlineData("/pre//greet/a")]
    [InlineData("/")]
    public async Task What_no_template_matches_is_404(string target) =>
        Assert.StartsWith("HTTP/1.1 404", await host.RawAsync("GET", target), StringComparison.Ordinal);

    [Fact]
    public async Task The_first_name_wins_whatever_the_template() =>
        Assert.Equal("general GEThello specific", await GetAsync("/pre/overlap/specific"));

    [Fact]
    public async Task Inside_a_function_there_is_no_ambient_context() => Assert.Equal("True True False", await GetAsync("/pre/ambient"));

    [Fact]
    public async Task An_unhandled_exception_is_an_empty_500()
    {
        using var response = await host.Client.GetAsync("/pre/fault");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }
}
