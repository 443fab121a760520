using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.Registry.Routes;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Matrix;

/// <summary>Every route of the table with values that no client of ours would send, from somebody who may call it: whatever they are, they are no fault of the registry's.</summary>
public sealed class HostileInputTests(AccessMatrixTests.Target target) : IClassFixture<AccessMatrixTests.Target>
{
    /// <summary>JSON in the place of any value of a body.</summary>
    private static readonly string[] Values =
    [
        "null", "-1", "1e99999999999", "\"\"", "\"a\\u0000b\"", "\"\\ud800\"", "[]", "[null]", "{}", "{\"\\udc00\":1}", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999Z\"",
    ];

    /// <summary>Percent-encoded text in the place of any parameter.</summary>
    private static readonly string[] Texts =
    [
        "a%00", "%C3%BF", "%ED%A0%80", "%0d%0aX", "%27", "..%2f", "-1", "AA", "99999999999999999999.0.0", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z",
        "+1936b2e-0000-7000-8000-00000000ac3e", new('a', 4000),
    ];

    /// <summary>Bodies with more members than those of <see cref="Samples"/>, or of routes that it tries with none.</summary>
    private static readonly Dictionary<string, string[]> Fuller = new(StringComparer.Ordinal)
    {
        ["registry.installs.put"] = ["""{"version":"1.0.0","config":{"a":"b"},"policy":"pin"}""", """{"version":"1.0.0","grants":{"capabilities":["storage.kv"],"egress":[]}}"""],
        ["registry.installs.config"] = ["""{"a":{"b":[1]}}"""],
        ["registry.installs.upgrade"] = ["""{"version":"1.0.0","percent":5,"config":{"a":"b"},"grants":{"capabilities":["storage.kv"],"egress":["api.example.com"]}}"""],
        ["registry.installs.consent"] = ["""{"version":"1.0.0","grants":{"capabilities":["storage.kv"],"egress":["api.example.com"]},"config":{"a":"b"}}"""],
        ["registry.installs.rollback"] = ["""{"version":"1.0.0","config":{"a":"b"}}"""],
        ["registry.installs.rollout"] = ["""{"percent":5}"""],
        ["registry.secrets.put"] = ["""{"value":"x","expiresAt":"2030-01-01T00:00:00Z"}"""],
        ["registry.extensions.register"] = ["""{"name":"com.acme.sample","publisher":"acme","displayName":"Sample"}"""],
    };

    public static TheoryData<string> WithBody => [.. RegistryRoutes.All.Where(route => route.Body is not null).Select(route => route.Operation)];

    public static TheoryData<string> WithParameters => [.. RegistryRoutes.All.Where(route => route.Parameters.Count + route.Query.Count > 0).Select(route => route.Operation)];

    [Theory]
    [MemberData(nameof(WithBody))]
    public async Task No_body_makes_the_registry_fail(string operation)
    {
        var route = RegistryRoutes.All.Single(known => known.Operation == operation);
        var name = await target.CreateAsync();
        using var sample = await Samples.BodyAsync(target.App, route, name);
        foreach (var good in Fuller.GetValueOrDefault(operation, []).Prepend(await sample!.ReadAsStringAsync()))
        {
            foreach (var body in Values.SelectMany(value => Replace(JsonNode.Parse(good), value)))
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                AssertNoFault(await target.App.SendAsync(new HttpMethod(route.Method), Samples.Path(route, name), Everybody, content), body);
            }
        }
    }

    [Theory]
    [MemberData(nameof(WithParameters))]
    public async Task No_parameter_makes_the_registry_fail(string operation)
    {
        var route = RegistryRoutes.All.Single(known => known.Operation == operation);
        var template = $"/api/{route.Template}".Split('/');
        var path = Samples.Path(route, target.Name).Split('/');
        var places = template.Index().Where(part => part.Item.StartsWith('{')).Select(part => (Func<string, string>)(text => string.Join('/', path.Index().Select(other => other.Index == part.Index ? text : other.Item))));
        var queries = route.Query.Select(query => (Func<string, string>)(text => $"{string.Join('/', path)}?{query.Name}={text}"));
        foreach (var place in places.Concat(queries))
        {
            foreach (var text in Texts) AssertNoFault(await target.App.SendAsync(new HttpMethod(route.Method), place(text), Everybody), place(text));
        }
    }

    private string Everybody => target.App.Token("everybody", RegistryApp.Acme, ["operator", "tenant_admin", "tenant_user"], "acme");

    /// <summary>Only the bundle store knows its cursors, and of one that is not its own it says no more than that it does not go on.</summary>
    private static void AssertNoFault(RegistryAnswer answer, string sent) => Assert.True(answer.Status < 500 || answer.Code == "bundle_unavailable", $"{sent}: {answer.Status} {answer.Text}");

    /// <summary>The value, and each JSON text in which one part of a node is replaced by it.</summary>
    private static IEnumerable<string> Replace(JsonNode? node, string value)
    {
        yield return value;
        if (node is JsonObject members)
        {
            foreach (var (name, member) in members)
            {
                foreach (var other in Replace(member, value)) yield return $"{{{string.Join(',', members.Select(each => $"{JsonSerializer.Serialize(each.Key)}:{(each.Key == name ? other : Text(each.Value))}"))}}}";
            }
        }

        if (node is not JsonArray items) yield break;
        foreach (var (index, item) in items.Index())
        {
            foreach (var other in Replace(item, value)) yield return $"[{string.Join(',', items.Index().Select(each => each.Index == index ? other : Text(each.Item)))}]";
        }
    }

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";
}
