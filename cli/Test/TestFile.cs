using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Test;

/// <summary>One test: a world, and requests with what is expected of their answers.</summary>
/// <param name="Name">A sentence.</param>
/// <param name="World">Members <c>config</c>, <c>secrets</c> and <c>fetch</c>, for the local platform.</param>
/// <param name="Steps">In order; they share the extension's storage, which is empty before the first.</param>
/// <param name="Fetches">Expected requests of the extension to the world, in order; null for no expectation.</param>
internal sealed record TestCase(string Name, JsonObject World, IReadOnlyList<TestStep> Steps, JsonArray? Fetches);

/// <summary>One request and what is expected of its answer.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path below the extension, with its query.</param>
/// <param name="MediaType">Of the body; null when there is none.</param>
/// <param name="Body">The body; empty when there is none.</param>
/// <param name="Expect">Members <c>status</c>, <c>headers</c>, <c>json</c> and <c>body</c>, at least one.</param>
internal sealed record TestStep(string Method, string Path, string? MediaType, string Body, JsonObject Expect);

/// <summary>A file of tests, <c>*.alga-test.json</c>.</summary>
internal static class TestFile
{
    public const string Suffix = ".alga-test.json";

    private static readonly string[] TestMembers = ["name", "config", "secrets", "fetch", "steps", "fetches"];
    private static readonly string[] StepMembers = ["method", "path", "json", "body", "expect"];
    private static readonly string[] ExpectMembers = ["status", "json", "body", "headers"];
    private static readonly string[] FetchMembers = ["method", "url", "status", "headers", "json", "body"];

    /// <summary>Reads a file; refuses it with its first fault.</summary>
    public static IReadOnlyList<TestCase> Read(string file, string text)
    {
        try
        {
            var root = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            if (root is not JsonObject whole || whole["tests"] is not JsonArray { Count: > 0 } tests) throw Fault(file, "it has no list \"tests\" with a test in it");
            return [.. tests.Select((test, index) => ReadCase(file, $"test {index + 1}", test as JsonObject))];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw Fault(file, exception.Message);
        }
    }

    private static TestCase ReadCase(string file, string where, JsonObject? test)
    {
        if (test?["name"]?.GetValue<string>() is not { Length: > 0 } name) throw Fault(file, $"{where} has no \"name\"");
        Check(file, name, test, TestMembers);
        if (test["steps"] is not JsonArray { Count: > 0 } steps) throw Fault(file, $"\"{name}\" has no \"steps\"");
        var world = new JsonObject { ["config"] = test["config"]?.DeepClone() ?? new JsonObject(), ["secrets"] = ReadSecrets(file, name, test["secrets"]), ["fetch"] = new JsonArray() };
        foreach (var fixture in (test["fetch"] as JsonArray ?? []).OfType<JsonObject>())
        {
            Check(file, name, fixture, FetchMembers);
            if (fixture["url"]?.GetValue<string>() is not { } url || !url.StartsWith("https://", StringComparison.Ordinal)) throw Fault(file, $"\"{name}\": each of \"fetch\" has a \"url\" that begins with https://");
            world["fetch"]!.AsArray().Add(fixture.DeepClone());
        }

        return new TestCase(name, world, [.. steps.Select(step => ReadStep(file, name, step as JsonObject))], test["fetches"]?.AsArray());
    }

    private static JsonObject ReadSecrets(string file, string name, JsonNode? secrets)
    {
        if (secrets is null) return [];
        var isInOrder = secrets is JsonObject members && members.All(secret => secret.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length > 0);
        return isInOrder ? secrets.DeepClone().AsObject() : throw Fault(file, $"\"{name}\": \"secrets\" is an object of texts that are not empty, by name");
    }

    private static TestStep ReadStep(string file, string name, JsonObject? step)
    {
        if (step?["path"]?.GetValue<string>() is not { } path || step["expect"] is not JsonObject expect) throw Fault(file, $"\"{name}\": each step has a \"path\" and an \"expect\"");
        Check(file, name, step, StepMembers);
        Check(file, name, expect, ExpectMembers);
        if (expect.Count == 0) throw Fault(file, $"\"{name}\": the \"expect\" of {path} is empty, so nothing could fail");
        var text = step["body"]?.GetValue<string>();
        var json = step["json"]?.ToJsonString();
        if (text is not null && json is not null) throw Fault(file, $"\"{name}\": {path} has both \"json\" and \"body\"");
        return new TestStep(step["method"]?.GetValue<string>() ?? "GET", path, json is not null ? "application/json" : text is null ? null : "text/plain", json ?? text ?? "", expect);
    }

    private static void Check(string file, string name, JsonObject given, string[] known)
    {
        if (given.Select(member => member.Key).FirstOrDefault(key => !known.Contains(key, StringComparer.Ordinal)) is { } other)
        {
            throw Fault(file, $"\"{name}\" has \"{other}\", which is none of {string.Join(", ", known)}");
        }
    }

    private static RefusedException Fault(string file, string what) => new(new CliRefusal("test_file_invalid", $"{file}: {what}."));
}
