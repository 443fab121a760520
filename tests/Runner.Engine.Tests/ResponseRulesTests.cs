using Alga.Extensions.Contracts;
using CsCheck;

namespace Alga.Extensions.Runner.Engine.Tests;

public sealed class ResponseRulesTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Theory]
    [InlineData("200")]
    [InlineData("599")]
    public void A_status_from_200_to_599_is_accepted(string status) =>
        Assert.Equal(int.Parse(status, null), sandbox.Answer("echo", Sandbox.Request() with { Endpoint = status }).Status);

    [Theory]
    [InlineData("000")]
    [InlineData("100")]
    [InlineData("101")]
    [InlineData("199")]
    [InlineData("600")]
    [InlineData("999")]
    public void Any_other_status_is_refused(string status) =>
        Assert.Equal(ErrorCode.InvalidResponse, sandbox.Refuse("echo", Sandbox.Request() with { Endpoint = status }).Code);

    [Theory]
    [InlineData("", "v")]
    [InlineData("X-Upper", "v")]
    [InlineData("with space", "v")]
    [InlineData("with:colon", "v")]
    [InlineData("line\r\nbreak", "v")]
    [InlineData("ümlaut", "v")]
    [InlineData("x-a", "a\rb")]
    [InlineData("x-a", "a\nb")]
    [InlineData("x-a", "a\0b")]
    [InlineData("x-a", "é")]
    [InlineData("x-a", "\u007f")]
    [InlineData("set-cookie", "a=b")]
    [InlineData("connection", "close")]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("content-length", "5")]
    [InlineData("proxy-authenticate", "Basic")]
    [InlineData("x-request-id", "mine")]
    public void A_header_that_could_harm_is_refused(string name, string value)
    {
        var refusal = sandbox.Refuse("echo", Sandbox.Request() with { Headers = [new("x-ext-fine", "1"), new(name, value)] });
        Assert.Equal(ErrorCode.InvalidResponse, refusal.Code);
        Assert.DoesNotContain("\n", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_are_accepted_up_to_their_count_and_not_beyond()
    {
        var most = Enumerable.Range(0, PlatformLimits.MaxHeaderCount).Select(i => KeyValuePair.Create($"x-{i}", "v")).ToList();
        Assert.Null(ResponseRules.CheckHeaders(most));
        Assert.NotNull(ResponseRules.CheckHeaders([.. most, new("x-more", "v")]));
        Assert.Equal(ErrorCode.InvalidResponse, sandbox.Refuse("many-headers").Code);
    }

    [Fact]
    public void Headers_are_accepted_up_to_their_size_and_not_beyond()
    {
        var most = new string('v', PlatformLimits.MaxHeaderBytes - 3);
        Assert.Null(ResponseRules.CheckHeaders([new("x-a", most)]));
        Assert.NotNull(ResponseRules.CheckHeaders([new("x-a", most + "v")]));
        var request = Sandbox.Request() with { Endpoint = "200", Headers = [new("x-a", most)] };
        Assert.Equal(most, sandbox.Answer("echo", request).Headers.Single().Value);
        Assert.Equal(ResponseRules.HeadersTooLarge, sandbox.Refuse("echo", request with { Headers = [new("x-a", most + "v")] }));
    }

    [Fact]
    public void Text_is_accepted_up_to_its_cap_and_not_beyond()
    {
        // 160 times 64 KiB are the cap; a method of no letters adds nothing, one letter adds one byte.
        var path = "/" + new string('x', 159);
        var most = sandbox.Answer("large-text", Sandbox.Request(path) with { Method = "" });
        Assert.Equal(PlatformLimits.MaxTextBodyBytes, most.Body.Text!.Length);
        Assert.Equal(ErrorCode.InvalidResponse, sandbox.Refuse("large-text", Sandbox.Request(path) with { Method = "G" }).Code);
    }

    [Theory]
    [InlineData(PlatformLimits.MaxTextBodyBytes, false)]
    [InlineData(PlatformLimits.MaxBinaryBodyBytes, true)]
    public void A_body_is_refused_beyond_its_cap(int most, bool isBinary)
    {
        Assert.Null(ResponseRules.CheckBody(200, most, isBinary));
        Assert.NotNull(ResponseRules.CheckBody(200, most + 1, isBinary));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(205)]
    [InlineData(304)]
    public void A_status_without_body_has_none(int status)
    {
        Assert.Null(ResponseRules.CheckBody(status, 0, isBinary: false));
        Assert.NotNull(ResponseRules.CheckBody(status, 1, isBinary: false));
    }

    [Fact]
    public void What_is_accepted_holds_no_control_characters() =>
        Gen.Select(Gen.String, Gen.String).Sample((name, value) =>
            ResponseRules.CheckHeaders([new(name, value)]) is not null || !(name + value).Any(c => c is < ' ' and not '\t' or > '~'));
}
