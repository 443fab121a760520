using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.AlgaExt.Test;

namespace Alga.Extensions.Cli.Tests.Test;

public sealed class TestFileTests
{
    [Fact]
    public void A_test_is_read_with_its_world_and_its_steps()
    {
        var test = Assert.Single(TestFile.Read("a", """
            { "tests": [ {
              "name": "It works", "config": { "a": 1 }, "fetch": [ { "url": "https://api.example.com/x", "json": {} } ],
              "steps": [ { "method": "POST", "path": "/x", "json": { "b": 2 }, "expect": { "status": 201 } }, { "path": "/y", "expect": { "body": "" } } ]
            } ] }
            """));
        Assert.Equal("It works", test.Name);
        Assert.Equal(1, test.World["config"]!["a"]!.GetValue<int>());
        Assert.Single(test.World["fetch"]!.AsArray());
        Assert.Equal(["POST /x application/json {\"b\":2}", "GET /y  "], test.Steps.Select(step => $"{step.Method} {step.Path} {step.MediaType} {step.Body}"));
    }

    [Theory]
    [InlineData("""{ "tests": [ { "name": "a", "secrets": { "key": 1 }, "steps": [ { "path": "/", "expect": { "status": 200 } } ] } ] }""")]
    [InlineData("""{ "tests": [ { "name": "a", "secrets": { "key": "" }, "steps": [ { "path": "/", "expect": { "status": 200 } } ] } ] }""")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("""{ "tests": [] }""")]
    [InlineData("""{ "tests": [ { "steps": [ { "path": "/x", "expect": { "status": 200 } } ] } ] }""")]
    [InlineData("""{ "tests": [ { "name": "a", "steps": [] } ] }""")]
    [InlineData("""{ "tests": [ { "name": "a", "step": [], "steps": [ { "path": "/x", "expect": { "status": 200 } } ] } ] }""")]
    [InlineData("""{ "tests": [ { "name": "a", "steps": [ { "path": "/x" } ] } ] }""")]
    [InlineData("""{ "tests": [ { "name": "a", "steps": [ { "path": "/x", "expect": {} } ] } ] }""")]
    [InlineData("""{ "tests": [ { "name": "a", "steps": [ { "path": "/x", "expect": { "statuz": 200 } } ] } ] }""")]
    [InlineData("""{ "tests": [ { "name": "a", "steps": [ { "path": "/x", "json": 1, "body": "1", "expect": { "status": 200 } } ] } ] }""")]
    [InlineData("""{ "tests": [ { "name": "a", "fetch": [ { "url": "http://a.example/" } ], "steps": [ { "path": "/x", "expect": { "status": 200 } } ] } ] }""")]
    public void A_file_with_a_fault_is_refused_and_named(string text)
    {
        var refusal = Assert.Throws<RefusedException>(() => TestFile.Read("some-file", text)).Refusal;
        Assert.Equal("test_file_invalid", refusal.Code);
        Assert.StartsWith("some-file: ", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", null)]
    [InlineData("""[1,2]""", """[1,2]""", null)]
    [InlineData("null", "null", null)]
    [InlineData("""{"a":1}""", """{"a":2}""", "$.a: expected 1, got 2")]
    [InlineData("""{"a":null}""", """{}""", "$.a: expected null, got nothing")]
    [InlineData("""{"a":[{"b":"x"}]}""", """{"a":[{"b":"y"}]}""", "$.a[0].b: expected \"x\", got \"y\"")]
    [InlineData("""[1]""", """[1,2]""", "$: expected 1 items, got 2: [1,2]")]
    [InlineData("""{"a":1}""", """[1]""", "$: expected {\"a\":1}, got [1]")]
    public void An_answer_may_have_more_members_than_expected_and_nothing_else(string expected, string actual, string? difference) =>
        Assert.Equal(difference, JsonMatch.FindDifference(JsonNode.Parse(expected), JsonNode.Parse(actual)));
}
