using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using CsCheck;

namespace Alga.Extensions.Contracts.Tests;

public class ExecutionJsonTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char["ab\"\\/\n\0é☃ "], 0, 8];

    private static readonly Gen<IReadOnlyDictionary<string, IReadOnlyList<string>>> MultiMap =
        Gen.Dictionary(Text, Text.Array[0, 4])[0, 6].Select(map =>
            (IReadOnlyDictionary<string, IReadOnlyList<string>>)map.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value));

    private static readonly Gen<ExecuteHttp> Http = Gen.Select(Text, Text, MultiMap, MultiMap, Gen.Byte.Array[0, 20].Null(), Gen.Dictionary(Text, Text)[0, 3],
        (method, path, query, headers, body, parameters) =>
            new ExecuteHttp { Method = method, Path = path, Endpoint = "/x", Query = query, Headers = headers, Body = body, Params = parameters });

    private static void AssertSame(IReadOnlyDictionary<string, IReadOnlyList<string>> expected, IReadOnlyDictionary<string, IReadOnlyList<string>> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, values) in expected) Assert.Equal(values, actual[name]);
    }

    [Fact]
    public void What_a_request_leaves_out_is_empty_and_never_null()
    {
        // Cause: the source generator passes null for an absent init-only member, whatever its initializer says.
        const string json = """
            { "context": { "request_id": "01936b2e-0000-7000-8000-000000000001", "tenant_id": "01936b2e-0000-7000-8000-000000000002",
                "extension_id": "com.acme.reports", "install_id": "01936b2e-0000-7000-8000-000000000003",
                "version_id": "01936b2e-0000-7000-8000-000000000004", "version": "1.0.0", "content_hash": "sha256:" },
              "http": { "method": "GET", "path": "/", "endpoint": "/" }, "limits": {}, "user": { "id": "u" } }
            """;

        var request = JsonSerializer.Deserialize(json, ExecutionJson.Default.ExecuteRequest)!;

        Assert.Empty(request.Providers);
        Assert.Empty(request.Context.Config);
        Assert.Empty(request.Http.Params);
        Assert.Empty(request.Http.Query);
        Assert.Empty(request.Http.Headers);
        Assert.Empty(request.User!.Roles);
        Assert.Equal("", request.User.Email);
        Assert.Equal("", request.User.Name);
    }

    [Fact]
    public void A_request_survives_the_wire() => Http.Sample(http =>
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(Sample.Request with { Http = http }, ExecutionJson.Default.ExecuteRequest);
        var read = JsonSerializer.Deserialize(json, ExecutionJson.Default.ExecuteRequest)!;

        AssertSame(http.Query, read.Http.Query);
        AssertSame(http.Headers, read.Http.Headers);
        Assert.Equal(http.Body, read.Http.Body);
        Assert.Equal(http.Params.OrderBy(pair => pair.Key, StringComparer.Ordinal), read.Http.Params.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal((http.Method, http.Path), (read.Http.Method, read.Http.Path));
        Assert.Equal(json, JsonSerializer.SerializeToUtf8Bytes(read, ExecutionJson.Default.ExecuteRequest));
    });

    [Fact]
    public void A_response_survives_the_wire() => Gen.Select(Gen.Int[200, 599], MultiMap, Gen.Byte.Array[0, 20].Null()).Sample((status, headers, body) =>
    {
        var response = new ExecuteResponse { Status = status, Headers = headers, Body = body, Usage = new ExecuteUsage { DurationUs = 1 } };
        var json = JsonSerializer.SerializeToUtf8Bytes(response, ExecutionJson.Default.ExecuteResponse);
        var read = JsonSerializer.Deserialize(json, ExecutionJson.Default.ExecuteResponse)!;
        AssertSame(headers, read.Headers);
        Assert.Equal((status, 1), (read.Status, read.Usage.DurationUs));
        Assert.Equal(body, read.Body);
        Assert.Null(read.Error);
    });

    [Fact]
    public void A_single_value_is_a_string_and_a_repeated_one_an_array()
    {
        var http = new ExecuteHttp
        {
            Method = "GET",
            Path = "/",
            Endpoint = "/",
            Query = new Dictionary<string, IReadOnlyList<string>> { ["one"] = ["1"], ["two"] = ["1", "2"], ["none"] = [] },
        };
        var query = JsonSerializer.SerializeToElement(http, ExecutionJson.Default.ExecuteHttp).GetProperty("query").GetRawText();
        Assert.Equal("""{"one":"1","two":["1","2"],"none":[]}""", query);
    }

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"a":null}""")]
    [InlineData("""{"a":["x",1]}""")]
    [InlineData("""{"a":{"b":"c"}}""")]
    [InlineData("""{"a":"x","a":"y"}""")]
    [InlineData("""{"a":"x","\u0061":"y"}""")]
    [InlineData("""[]""")]
    public void A_malformed_map_is_refused(string map)
    {
        var json = $$"""{"method":"GET","path":"/","endpoint":"/","query":{{map}}}""";
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ExecutionJson.Default.ExecuteHttp));
    }

    [Theory]
    [InlineData("""{"method":"GET","path":"/","endpoint":"/","extra":1}""")]
    [InlineData("""{"method":"GET","path":"/"}""")]
    [InlineData("""{"method":null,"path":"/","endpoint":"/"}""")]
    [InlineData("""{"method":"GET","method":"PUT","path":"/","endpoint":"/"}""")]
    [InlineData("""{"method":"GET","path":"/","endpoint":"/","body_b64":"***"}""")]
    public void Unknown_missing_null_and_repeated_members_are_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ExecutionJson.Default.ExecuteHttp));
}
