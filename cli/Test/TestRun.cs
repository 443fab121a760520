using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Dev;
using Alga.Extensions.AlgaExt.Invoke;

namespace Alga.Extensions.AlgaExt.Test;

/// <summary>How a test ended.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fault">What was not as expected; null when all was.</param>
internal sealed record TestOutcome(string Name, string? Fault);

/// <summary>Runs tests one after the other against an extension that is live.</summary>
internal sealed class TestRun(DevHostProcess host, GatewayClient gateway)
{
    public async Task<TestOutcome> RunAsync(TestCase test, CancellationToken cancellationToken)
    {
        var install = await host.ResetAsync((JsonObject)test.World.DeepClone(), cancellationToken).ConfigureAwait(false);
        foreach (var step in test.Steps)
        {
            using var content = step.MediaType is null ? null : new StringContent(step.Body, Encoding.UTF8, step.MediaType);
            var answer = await gateway.CallAsync(step.Method, install, step.Path, content, cancellationToken).ConfigureAwait(false);
            if (FindDifference(step.Expect, answer) is { } difference) return new TestOutcome(test.Name, $"{step.Method} {step.Path}: {difference}");
        }

        var fetches = await host.ReadFetchesAsync(cancellationToken).ConfigureAwait(false);
        if (fetches.FirstOrDefault(fetch => !fetch!["answered"]!.GetValue<bool>()) is { } unanswered)
        {
            return new TestOutcome(test.Name, $"no fixture for {unanswered["method"]} {unanswered["url"]}; add one to \"fetch\"");
        }

        return new TestOutcome(test.Name, test.Fetches is null ? null : JsonMatch.FindDifference(test.Fetches, fetches, "fetches"));
    }

    private static string? FindDifference(JsonObject expect, GatewayAnswer answer)
    {
        if (expect["status"] is { } status && status.GetValue<int>() != answer.Status) return $"expected status {status}, got {answer.Status}: {answer.Body}";
        foreach (var (name, value) in expect["headers"] as JsonObject ?? [])
        {
            var given = answer.Headers.GetValueOrDefault(name.ToLowerInvariant());
            if (given != value?.GetValue<string>()) return $"expected header {name}: {value}, got {given ?? "none"}";
        }

        if (expect["body"] is { } body && body.GetValue<string>() != answer.Body) return $"expected body {body.ToJsonString()}, got {JsonValue.Create(answer.Body).ToJsonString()}";
        return expect.ContainsKey("json") ? JsonMatch.FindDifference(expect["json"], Parse(answer.Body)) : null;
    }

    private static JsonNode? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            // No JSON at all: compared as the text that it is, which no object or list equals.
            return JsonValue.Create(body);
        }
    }
}
