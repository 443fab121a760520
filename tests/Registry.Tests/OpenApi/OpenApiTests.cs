using System.Text;
using System.Text.Json.Nodes;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Routes;
using Alga.Extensions.Registry.Tests.Fixtures;
using Microsoft.OpenApi;
using NJsonSchema;

namespace Alga.Extensions.Registry.Tests.OpenApi;

public sealed class OpenApiTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    private static readonly JsonObject Document = Registry.OpenApi.OpenApiDocument.Write(RegistryRoutes.All);

    [Fact]
    public async Task The_document_is_served_to_anyone_and_is_the_one_of_the_table()
    {
        var served = (await app.GetAsync("/api/registry/openapi.json", null)).Is(200);

        Assert.Equal("application/json", served.MediaType);
        Assert.True(JsonNode.DeepEquals(Document, JsonNode.Parse(served.Text)));
    }

    [Fact]
    public void A_reader_who_knows_nothing_of_us_finds_it_valid()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Document.ToJsonString()));

        var read = Microsoft.OpenApi.OpenApiDocument.Load(stream, OpenApiConstants.Json);

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.NotNull(read.Document);
        Assert.Empty(read.Document.Validate(ValidationRuleSet.GetDefaultRuleSet()));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.Equal(RegistryRoutes.All.Count, read.Document.Paths.Values.Sum(path => path.Operations!.Count));
    }

    [Fact]
    public void Every_route_is_in_it_with_its_operation_answers_and_problems() => Assert.All(RegistryRoutes.All, route =>
    {
        var operation = Document["paths"]!["/api/" + route.Template]![route.Method.ToLowerInvariant()]!;
        Assert.Equal(route.Operation, (string?)operation["operationId"]);
        Assert.Equal(route.Access.HasFlag(RouteAccess.Anonymous), operation["security"] is JsonArray { Count: 0 });
        Assert.All(route.Answers, answer => Assert.NotNull(operation["responses"]![$"{answer.Status}"]));
        Assert.All(route.Problems, code =>
        {
            var description = ErrorTable.Describe(code);
            var response = operation["responses"]![$"{description.RegistryStatus ?? description.Status}"]!;
            Assert.Contains(description.Name, (string?)response["description"], StringComparison.Ordinal);
            Assert.Equal("#/components/schemas/Problem", (string?)response["content"]!["application/problem+json"]!["schema"]!["$ref"]);
        });
    });

    [Fact]
    public void Every_problem_code_is_in_it() => Assert.Equal(
        ErrorTable.All.Select(description => description.Name).Order(StringComparer.Ordinal),
        Document["components"]!["schemas"]!["Problem"]!["properties"]!["code"]!["enum"]!.AsArray().Select(code => (string)code!));

    [Fact]
    public void Every_reference_leads_to_a_schema_and_every_schema_is_referred_to()
    {
        var references = References(Document).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(
            Document["components"]!["schemas"]!.AsObject().Select(schema => "#/components/schemas/" + schema.Key).Order(StringComparer.Ordinal), references);
    }

    [Fact]
    public async Task What_the_registry_answers_fits_the_schemas()
    {
        var bundle = await app.PublishNewAsync("1.0.0-rc.1");
        await app.PublishNewAsync("1.0.0", name: bundle.Name);
        await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" });

        await FitsAsync("ExtensionViewPage", "/api/registry/extensions", app.User);
        await FitsAsync("ExtensionDetails", $"/api/registry/extensions/{bundle.Name}", app.User);
        await FitsAsync("VersionSummaryPage", $"/api/registry/extensions/{bundle.Name}/versions", app.User);
        await FitsAsync("VersionView", $"/api/registry/extensions/{bundle.Name}/versions/1.0.0", app.User);
        await FitsAsync("InstallViewPage", "/api/tenant/installs", app.User);
        await FitsAsync("ExecutionViewPage", $"/api/tenant/installs/{bundle.Name}/executions", app.Admin);
        await FitsAsync("UsageView", $"/api/tenant/installs/{bundle.Name}/usage", app.Admin);
        await FitsAsync("InstallView", $"/api/tenant/installs/{bundle.Name}", app.Admin);
        await FitsAsync("AuditViewPage", "/api/tenant/audit", app.Admin);
        await FitsAsync("AuditViewPage", "/api/registry/audit", app.Operator);
        await FitsAsync("HealthReport", "/api/health", null);
        await FitsAsync("Problem", "/api/registry/extensions/com.acme.absent", app.User, 404);
    }

    private async Task FitsAsync(string schema, string path, string? token, int status = 200)
    {
        var answer = await app.GetAsync(path, token);
        Assert.Equal(status, answer.Status);
        // NJsonSchema looks for references in definitions.
        var schemas = JsonNode.Parse(Document["components"]!["schemas"]!.ToJsonString().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal));
        var read = await JsonSchema.FromJsonAsync(new JsonObject { ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/definitions/" + schema }), ["definitions"] = schemas }.ToJsonString());
        var faults = read.Validate(answer.Text);
        Assert.True(faults.Count == 0, $"{path}: {string.Join("; ", faults)}\n{answer.Text}");
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
