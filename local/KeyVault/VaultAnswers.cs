using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.KeyVault;

/// <summary>Key Vault's answers in JSON.</summary>
internal sealed class VaultAnswers(VaultOptions options)
{
    public IResult Secret(string name, SecretVersion version)
    {
        var body = Describe(name, version, withVersion: true);
        body["value"] = version.Value;
        return Json(body, StatusCodes.Status200OK);
    }

    public static IResult List(IEnumerable<JsonObject> items) =>
        Json(new JsonObject { ["value"] = new JsonArray([.. items]), ["nextLink"] = null }, StatusCodes.Status200OK);

    public JsonObject Describe(string name, SecretVersion version, bool withVersion)
    {
        var attributes = new JsonObject { ["enabled"] = version.Enabled, ["created"] = version.Created, ["updated"] = version.Created };
        if (version.NotBefore is { } notBefore) attributes["nbf"] = notBefore;
        if (version.Expires is { } expires) attributes["exp"] = expires;
        var body = new JsonObject
        {
            ["id"] = $"{options.Url}/secrets/{name}" + (withVersion ? "/" + version.Version : ""),
            ["attributes"] = attributes,
        };
        if (version.ContentType is { } contentType) body["contentType"] = contentType;
        if (version.Tags is { } tags)
        {
            body["tags"] = new JsonObject(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)JsonValue.Create(tag.Value))));
        }

        return body;
    }

    public static IResult NotFound(string name) =>
        Error(StatusCodes.Status404NotFound, "SecretNotFound", $"A secret with (name/id) {name} was not found in this key vault.");

    public static IResult BadParameter(string message) => Error(StatusCodes.Status400BadRequest, "BadParameter", message);

    public static IResult Disabled() => Error(StatusCodes.Status403Forbidden, "Forbidden", "Operation get is not allowed on a disabled secret.");

    private static IResult Error(int status, string code, string message) =>
        Json(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }, status);

    private static IResult Json(JsonObject body, int status) => Results.Text(body.ToJsonString(), "application/json", statusCode: status);
}
