using System.Globalization;
using System.Text.Json.Nodes;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Routes;

namespace Alga.Extensions.Registry.OpenApi;

/// <summary>The registry's API as an OpenAPI 3.1 document, made of <see cref="RegistryRoutes"/>: what is not in the table is not in the document.</summary>
public static class OpenApiDocument
{
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";

    /// <summary>Writes the document.</summary>
    /// <param name="routes">The routes to describe.</param>
    public static JsonObject Write(IReadOnlyList<RegistryRoute> routes)
    {
        var schemas = new SchemaWriter();
        // First, because what is part of both requests and answers has to be strict.
        foreach (var route in routes.Where(route => route.Body is not null)) schemas.ReferenceToRequest(route.Body!);
        var problem = WriteProblem(schemas);
        var paths = new JsonObject();
        foreach (var route in routes)
        {
            var path = "/api/" + route.Template;
            if (paths[path] is not JsonObject operations) paths[path] = operations = [];
            operations[route.Method.ToLowerInvariant()] = WriteOperation(route, schemas, problem);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Alga Extensions registry",
                ["version"] = "1",
                ["description"] = "Publishing, finding and installing extensions. Errors are problems (RFC 9457); lists are paged by cursor.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.ToJson(),
                ["securitySchemes"] = new JsonObject
                {
                    ["token"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["bearerFormat"] = "JWT",
                        ["description"] = "An access token of one of the configured issuers.",
                    },
                },
            },
        };
    }

    private static JsonObject WriteOperation(RegistryRoute route, SchemaWriter schemas, JsonObject problem)
    {
        var operation = new JsonObject
        {
            ["operationId"] = route.Operation,
            ["summary"] = route.Summary,
            ["tags"] = new JsonArray(route.Operation.Split('.')[1]),
            ["x-access"] = new JsonArray([.. Enum.GetValues<RouteAccess>().Where(rule => rule != RouteAccess.None && route.Access.HasFlag(rule)).Select(rule => JsonValue.Create(rule.ToString()))]),
        };
        if (route.Access.HasFlag(RouteAccess.Anonymous)) operation["security"] = new JsonArray();
        var parameters = WriteParameters(route);
        if (parameters.Count > 0) operation["parameters"] = parameters;
        if (WriteBody(route, schemas) is { } body) operation["requestBody"] = body;
        operation["responses"] = WriteResponses(route, schemas, problem);
        return operation;
    }

    private static JsonArray WriteParameters(RegistryRoute route)
    {
        var parameters = new JsonArray();
        foreach (var name in route.Parameters) parameters.Add((JsonNode)Parameter("path", name, null, required: true));
        foreach (var query in route.Query) parameters.Add((JsonNode)Parameter("query", query.Name, query.Description, required: false));
        if (route.TakesIfMatch) parameters.Add((JsonNode)Parameter("header", "If-Match", "The ETag of the state that you have seen; without it the write always goes ahead.", required: false));
        return parameters;
    }

    private static JsonObject Parameter(string place, string name, string? description, bool required)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place, ["required"] = required, ["schema"] = new JsonObject { ["type"] = "string" } };
        if (description is not null) parameter["description"] = description;
        return parameter;
    }

    private static JsonObject? WriteBody(RegistryRoute route, SchemaWriter schemas)
    {
        if (route.Body is not null) return Body(Json, new JsonObject { ["schema"] = schemas.ReferenceToRequest(route.Body) });
        if (route.Parts.Count == 0) return null;
        var (properties, encoding) = (new JsonObject(), new JsonObject());
        foreach (var part in route.Parts)
        {
            properties[part.Name] = new JsonObject { ["description"] = part.Description };
            encoding[part.Name] = new JsonObject { ["contentType"] = part.MediaType };
        }

        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. route.Parts.Select(part => JsonValue.Create(part.Name))]),
        };
        return Body("multipart/form-data", new JsonObject { ["schema"] = schema, ["encoding"] = encoding });
    }

    private static JsonObject Body(string mediaType, JsonObject content) =>
        new() { ["required"] = true, ["content"] = new JsonObject { [mediaType] = content } };

    private static JsonObject WriteResponses(RegistryRoute route, SchemaWriter schemas, JsonObject problem)
    {
        var responses = new JsonObject();
        foreach (var answer in route.Answers) responses[Text(answer.Status)] = WriteAnswer(answer, schemas);
        foreach (var group in route.Problems.Select(ErrorTable.Describe).GroupBy(StatusOf).OrderBy(group => group.Key))
        {
            var codes = string.Join(", ", group.Select(description => description.Name).Order(StringComparer.Ordinal));
            if (responses[Text(group.Key)] is JsonObject answered)
            {
                answered["description"] = $"{answered["description"]} Or a problem: {codes}.";
                answered["content"]![Problem] = new JsonObject { ["schema"] = problem.DeepClone() };
                continue;
            }

            responses[Text(group.Key)] = new JsonObject
            {
                ["description"] = $"A problem: {codes}.",
                ["content"] = new JsonObject { [Problem] = new JsonObject { ["schema"] = problem.DeepClone() } },
            };
        }

        return responses;
    }

    private static JsonObject WriteAnswer(RouteAnswer answer, SchemaWriter schemas)
    {
        var response = new JsonObject { ["description"] = answer.Status switch { 201 => "Made now.", 204 => "Done.", 503 => "Not able to work.", _ => "As it is." } };
        if (answer.MediaType is null) return response;
        var content = new JsonObject();
        if (answer.Body is not null) content["schema"] = schemas.ReferenceToAnswer(answer.Body);
        response["content"] = new JsonObject { [answer.MediaType] = content };
        return response;
    }

    private static JsonObject WriteProblem(SchemaWriter schemas) => schemas.Add("Problem", new JsonObject
    {
        ["type"] = "object",
        ["description"] = "Why a request was refused (RFC 9457). code is for programs and never changes its meaning; detail is for people.",
        ["required"] = new JsonArray("code", "title", "status", "detail", "requestId"),
        ["properties"] = new JsonObject
        {
            ["code"] = new JsonObject
            {
                ["type"] = "string",
                ["enum"] = new JsonArray([.. ErrorTable.All.Select(description => description.Name).Order(StringComparer.Ordinal).Select(name => JsonValue.Create(name))]),
            },
            ["title"] = new JsonObject { ["type"] = "string" },
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = new JsonObject { ["type"] = "string" },
            ["requestId"] = new JsonObject { ["type"] = "string", ["format"] = "uuid" },
            ["errors"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
        },
    });

    private static int StatusOf(ErrorDescription description) => description.RegistryStatus ?? description.Status;

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
