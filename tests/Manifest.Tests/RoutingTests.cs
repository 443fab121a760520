using CsCheck;

namespace Alga.Extensions.Manifest.Tests;

public sealed class RoutingTests
{
    [Theory]
    [InlineData("/", "/", "")]
    [InlineData("/agreements", "/agreements", "")]
    [InlineData("/agreements/42", "/agreements/:id", "id=42")]
    [InlineData("/agreements/new", "/agreements/new", "")]
    [InlineData("/agreements/New", "/agreements/:id", "id=New")]
    [InlineData("/agreements/42/lines/7", "/agreements/:id/lines/:line", "id=42&line=7")]
    [InlineData("/agreements/new/lines/7", "/agreements/:id/lines/:line", "id=new&line=7")]
    [InlineData("/agreements/42/other", "/agreements/*rest", "rest=42/other")]
    [InlineData("/files/a", "/files/*rest", "rest=a")]
    [InlineData("/files/a/b/c.txt", "/files/*rest", "rest=a/b/c.txt")]
    [InlineData("/files/a b/ü", "/files/*rest", "rest=a b/ü")]
    [InlineData("/agreements/:id", "/agreements/:id", "id=:id")]
    public void The_most_specific_endpoint_answers(string path, string template, string values)
    {
        var match = Table().Match("GET", path);

        Assert.NotNull(match);
        Assert.Equal(template, match.Endpoint.Path.Text);
        Assert.Equal(values, string.Join('&', match.Params.Select(param => $"{param.Key}={param.Value}")));
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "agreements")]
    [InlineData("GET", "/unknown")]
    [InlineData("GET", "/agreements/")]
    [InlineData("GET", "/Agreements")]
    [InlineData("GET", "/files")]
    [InlineData("GET", "/files/")]
    [InlineData("GET", "//")]
    [InlineData("GET", "/agreements//")]
    [InlineData("POST", "/agreements")]
    [InlineData("get", "/agreements")]
    [InlineData("HEAD", "/agreements")]
    public void What_is_not_declared_is_not_found(string method, string path) => Assert.Null(Table().Match(method, path));

    [Fact]
    public void The_order_of_declaration_does_not_matter()
    {
        var forward = EndpointTable.Build([Get("/a/:x/c"), Get("/a/b/:y"), Get("/a/*rest")]);
        var backward = EndpointTable.Build([Get("/a/*rest"), Get("/a/b/:y"), Get("/a/:x/c")]);

        Assert.All(["/a/b/c", "/a/x/c", "/a/x/y", "/a/b"], path =>
            Assert.Equal(forward.Match("GET", path)!.Endpoint.Path.Text, backward.Match("GET", path)!.Endpoint.Path.Text));
    }

    [Theory]
    [InlineData("/a/:x", "/a/:y")]
    [InlineData("/a/*x", "/a/*y")]
    [InlineData("/", "/")]
    public void Two_endpoints_for_the_same_requests_cannot_be_compiled(string one, string other) =>
        Assert.Throws<ArgumentException>(() => EndpointTable.Build([Get(one), Get(other)]));

    [Fact]
    public void A_path_made_from_a_template_matches_it_with_its_values()
    {
        var part = Gen.String[Gen.Char["abc019.-_~ :*"], 1, 6];
        Gen.Select(part.Array[1, 5], Gen.Int[0, 31]).Sample((parts, kinds) =>
        {
            var literal = (int index) => (kinds >> index & 1) == 0 && parts[index].All(character => character is not (' ' or ':' or '*')) && parts[index] is not ("." or "..");
            var template = "/" + string.Join('/', parts.Select((text, index) => literal(index) ? text : $":p{index}"));
            var match = EndpointTable.Build([Get(template)]).Match("GET", "/" + string.Join('/', parts));
            return match is not null && parts.Select((text, index) => literal(index) || match.Params[$"p{index}"] == text).All(same => same);
        });
    }

    [Fact]
    public void A_template_of_any_text_is_parsed_or_refused() =>
        Gen.String[Gen.Char["/:*ab.~%\\ \0ü"], 0, 20].Sample(text =>
            RouteTemplate.TryParse(text, out var template, out var problem) ? template.Text == text && problem is null : problem is not null);

    private static EndpointTable Table() => EndpointTable.Build(
    [
        Get("/files/*rest"), Get("/agreements/:id"), Get("/agreements/*rest"), Get("/agreements/new"), Get("/agreements"),
        Get("/agreements/:id/lines/:line"), Get("/"),
    ]);

    private static ManifestEndpoint Get(string path)
    {
        Assert.True(RouteTemplate.TryParse(path, out var template, out var problem), problem);
        return new("GET", template, null, [], null);
    }
}
