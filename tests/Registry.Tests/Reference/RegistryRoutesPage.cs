using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Alga.Extensions.Registry.Tests.Reference;

/// <summary>The reference of the registry's routes and types, from its OpenAPI document.</summary>
internal sealed class RegistryRoutesPage
{
    private readonly StringBuilder page = new();
    private readonly JsonObject document;

    private RegistryRoutesPage(JsonObject document) => this.document = document;

    public static string Write(JsonObject document)
    {
        var writer = new RegistryRoutesPage(document);
        writer.AppendAll();
        return writer.page.ToString().TrimEnd('\n') + "\n";
    }

    private void AppendAll()
    {
        page.Append("""
            # Registry routes, one by one

            Made of the OpenAPI document that the registry serves at `/api/registry/openapi.json`. [Registry routes](../registry-api.md) has them in one
            table and tells what they do; [errors](../errors.md) tells what each code means.


            """);
        var operations =
            from path in document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select (Path: path.Key, Method: operation.Key.ToUpperInvariant(), Operation: operation.Value!.AsObject());
        foreach (var group in operations.GroupBy(one => (string)one.Operation["tags"]![0]!))
        {
            page.Append(CultureInfo.InvariantCulture, $"## {char.ToUpperInvariant(group.Key[0])}{group.Key[1..]}\n\n");
            foreach (var (path, method, operation) in group) AppendOperation(path, method, operation);
        }

        page.Append("## Types\n\n");
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject()) AppendType(name, schema!.AsObject());
    }

    private void AppendOperation(string path, string method, JsonObject operation)
    {
        page.Append(CultureInfo.InvariantCulture, $"### `{method} {path}`\n\n{Text(operation["summary"])}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Who: {string.Join(", ", operation["x-access"]!.AsArray().Select(rule => Who((string)rule!)))}.\n");
        if (operation["requestBody"] is { } body) page.Append(CultureInfo.InvariantCulture, $"Body: {string.Join(", ", body["content"]!.AsObject().Select(content => Content(content.Key, content.Value!)))}.\n");
        page.Append('\n');
        var parameters = (operation["parameters"] as JsonArray ?? []).Where(parameter => (string)parameter!["in"]! != "path").ToList();
        if (parameters.Count > 0)
        {
            page.Append("| parameter | in | what |\n|---|---|---|\n");
            foreach (var parameter in parameters) page.Append(CultureInfo.InvariantCulture, $"| `{parameter!["name"]}` | {parameter["in"]} | {Text(parameter["description"])} |\n");
            page.Append('\n');
        }

        var answers = operation["responses"]!.AsObject().ToLookup(response => IsProblem(response.Value!));
        page.Append("| status | answer |\n|---|---|\n");
        foreach (var (status, response) in answers[false]) page.Append(CultureInfo.InvariantCulture, $"| {status} | {Answer(response!)} |\n");
        page.Append(CultureInfo.InvariantCulture, $"\nProblems: {string.Join("; ", answers[true].Select(response => $"{response.Key} {Codes(response.Value!)}"))}.\n\n");
    }

    private void AppendType(string name, JsonObject schema)
    {
        page.Append(CultureInfo.InvariantCulture, $"### `{name}`\n\n");
        if (schema["description"] is { } description) page.Append(CultureInfo.InvariantCulture, $"{Text(description)}\n\n");
        if (schema["properties"] is not JsonObject properties)
        {
            page.Append(CultureInfo.InvariantCulture, $"{TypeOf(schema)}.\n\n");
            return;
        }

        var required = (schema["required"] as JsonArray ?? []).Select(member => (string)member!).ToHashSet(StringComparer.Ordinal);
        page.Append("| member | type | required |\n|---|---|:---:|\n");
        foreach (var (member, type) in properties) page.Append(CultureInfo.InvariantCulture, $"| `{member}` | {TypeOf(type!)} | {(required.Contains(member) ? "yes" : "")} |\n");
        page.Append('\n');
    }

    private static bool IsProblem(JsonNode response) => response["content"] is JsonObject content && content.All(one => one.Key == "application/problem+json");

    /// <summary>Codes of a problem's description, which is "A problem: one, other."</summary>
    private static string Codes(JsonNode response) =>
        string.Join(", ", ((string)response["description"]!).Split(": ")[1].TrimEnd('.').Split(", ").Select(code => $"`{code}`"));

    private static string Answer(JsonNode response)
    {
        var types = (response["content"] as JsonObject ?? []).Where(content => content.Key != "application/problem+json").Select(content => Content(content.Key, content.Value!));
        return string.Join(' ', types.Prepend(Text(response["description"])));
    }

    private static string Content(string mediaType, JsonNode content) =>
        content["schema"] is { } schema && mediaType == "application/json" ? TypeOf(schema) : $"`{mediaType}`";

    private static string TypeOf(JsonNode schema)
    {
        if (schema is not JsonObject { Count: > 0 } written) return "any JSON";
        if ((string?)written["$ref"] is { } reference)
        {
            var name = reference[(reference.LastIndexOf('/') + 1)..];
            return $"[`{name}`](#{name.ToLowerInvariant()})";
        }

        if (written["anyOf"] is JsonArray choices) return string.Join(" or ", choices.Select(choice => TypeOf(choice!)));
        if (written["enum"] is JsonArray values) return "one of " + string.Join(", ", values.Select(value => value is null ? "null" : $"`{value}`"));
        var types = written["type"] is JsonArray several ? several.Select(type => (string)type!).ToList() : [(string?)written["type"] ?? "any JSON"];
        var shown = types.Select(type => type switch
        {
            "array" when written["items"] is { } items => $"array of {TypeOf(items)}",
            "object" when written["additionalProperties"] is JsonObject inner => $"object of {TypeOf(inner)}",
            "string" when (string?)written["format"] is { } format => $"string ({format})",
            _ => type,
        });
        return string.Join(" or ", shown);
    }

    private static string Who(string rule) => rule switch
    {
        "Anonymous" => "anyone",
        "SignedIn" => "whoever is signed in",
        "Publisher" => "publishers",
        "PublisherOf" => "its publisher",
        "TenantUser" => "users of the tenant",
        "TenantAdmin" => "admins of the tenant",
        "Operator" => "operators",
        _ => throw new InvalidOperationException($"The page has no word for {rule}."),
    };

    /// <summary>Text that Markdown takes as it is.</summary>
    private static string Text(JsonNode? text) =>
        ((string?)text ?? "").Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
