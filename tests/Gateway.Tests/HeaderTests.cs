using Alga.Extensions.Contracts;
using Alga.Extensions.Gateway.Answer;
using Alga.Extensions.Gateway.Forward;
using CsCheck;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Gateway.Tests;

public class HeaderTests
{
    private static readonly string[] Secret =
    [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-ms-client-principal", "x-ms-client-principal-id", "x-forwarded-for",
        "forwarded", "host", "connection", "transfer-encoding", "content-length", "x-request-id", "traceparent", "x-functions-key", "x_ext_a", "x-ext-a_b", "x-ext-",
    ];

    private static Dictionary<string, IReadOnlyList<string>> Request(params (string Name, string Value)[] headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers) dictionary.Append(name, value);
        Assert.True(RequestHeaders.Filter(dictionary).TryGet(out var kept, out _));
        return kept;
    }

    [Fact]
    public void What_a_guest_may_see_passes_in_lower_case_with_all_values()
    {
        var kept = Request(("Accept", "text/html"), ("X-Ext-Trace", "1"), ("X-Ext-Trace", "2"), ("If-None-Match", "\"a\""), ("Idempotency-Key", "k"));
        Assert.Equal(["accept", "idempotency-key", "if-none-match", "x-ext-trace"], kept.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["1", "2"], kept["x-ext-trace"]);
    }

    [Fact]
    public void Credentials_and_internal_names_never_pass() => Gen.Select(Gen.Int[0, Secret.Length - 1].Select(index => Secret[index]), Gen.Bool.Array[24]).Sample((name, upper) =>
    {
        var spelled = new string([.. name.Select((character, index) => upper[index % upper.Length] ? char.ToUpperInvariant(character) : character)]);
        Assert.Empty(Request((spelled, "value")));
    });

    [Fact]
    public void What_Connection_names_does_not_pass() => Assert.Equal(["accept"], Request(("Connection", "close, X-Ext-A"), ("X-Ext-A", "1"), ("Accept", "*/*")).Keys);

    [Theory]
    [InlineData(64, 10, true)]
    [InlineData(65, 10, false)]
    [InlineData(1, 16 * 1024 - 8, true)]
    [InlineData(1, 16 * 1024 - 7, false)]
    public void Headers_have_caps(int count, int length, bool accepted)
    {
        var headers = new HeaderDictionary();
        for (var index = 0; index < count; index++) headers.Append(count == 1 ? "x-ext-ab" : $"x-ext-{index}", new string('v', length));
        var outcome = RequestHeaders.Filter(headers);
        Assert.Equal(accepted, outcome.TryGet(out _, out var refusal));
        if (!accepted) Assert.Equal(ErrorCode.HeadersTooLarge, refusal!.Code);
    }

    [Theory]
    [InlineData("/agreements/1", "/api/ext/x/agreements/1")]
    [InlineData("/agreements?next=//evil.example", "/api/ext/x/agreements?next=//evil.example")]
    [InlineData("/a%20b", "/api/ext/x/a%20b")]
    [InlineData("/", "/api/ext/x/")]
    [InlineData("https://evil.example/", null)]
    [InlineData("//evil.example/", null)]
    [InlineData("/\\evil.example", null)]
    [InlineData("/%5cevil.example", null)]
    [InlineData("/../../admin", null)]
    [InlineData("/%2e%2E/admin", null)]
    [InlineData("/%2e./admin", null)]
    [InlineData("/a/%252e%252e/b", null)]
    [InlineData("/a%2f..%2f..", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("agreements", null)]
    [InlineData("", null)]
    public void A_location_stays_within_the_extension(string value, string? expected) => Assert.Equal(expected, ResponseHeaders.Location(value, "/api/ext/x"));

    private static Dictionary<string, string[]>? Response(string name, params string[] values) =>
        ResponseHeaders.Filter(new Dictionary<string, IReadOnlyList<string>> { [name] = values }, "/api/ext/x");

    [Theory]
    [InlineData("set-cookie")]
    [InlineData("Set-Cookie")]
    [InlineData("access-control-allow-origin")]
    [InlineData("content-security-policy")]
    [InlineData("clear-site-data")]
    [InlineData("refresh")]
    [InlineData("server")]
    [InlineData("transfer-encoding")]
    [InlineData("www-authenticate")]
    [InlineData("x-request-id")]
    public void Other_response_headers_do_not_pass(string name) => Assert.Empty(Response(name, "value")!);

    [Theory]
    [InlineData("max-age=60", "max-age=60")]
    [InlineData("private, max-age=60", "private, max-age=60")]
    [InlineData("public, max-age=60", "no-store")]
    [InlineData("PUBLIC", "no-store")]
    [InlineData("s-maxage=9", "no-store")]
    public void No_shared_cache_keeps_an_answer(string value, string expected) => Assert.Equal([expected], Response("Cache-Control", value)!["cache-control"]);

    [Fact]
    public void A_value_that_would_break_the_answer_is_no_header() => Gen.Char["\r\n\0\u0001\u007fé☃"].Sample(character =>
        Assert.Null(Response("x-ext-a", "a" + character + "b")));

    [Fact]
    public void A_name_that_would_break_the_answer_is_no_header() => Assert.Null(Response("x-ext-a\r\nset-cookie", "v"));
}
