using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Alga.Extensions.Issuer;

/// <summary>OpenID Connect discovery, the key set, and a token endpoint that trusts this machine.</summary>
public static class IssuerEndpoints
{
    /// <summary>The one grant: a token for the user of a given e-mail address, without a password.</summary>
    public const string GrantType = "urn:alga:params:oauth:grant-type:demo-user";

    public static void MapIssuer(this IEndpointRouteBuilder routes, IssuerOptions options, SigningKey key, TokenWriter tokens)
    {
        var users = DemoUser.ReadAll(options.UsersFile);
        routes.MapGet("/.well-known/openid-configuration", () => Json(new JsonObject
        {
            ["issuer"] = options.Url,
            ["jwks_uri"] = options.Url + "/.well-known/jwks.json",
            ["token_endpoint"] = options.Url + "/token",
            ["response_types_supported"] = new JsonArray("token"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["grant_types_supported"] = new JsonArray(GrantType),
            ["id_token_signing_alg_values_supported"] = new JsonArray("ES256"),
        }));
        routes.MapGet("/.well-known/jwks.json", () => Json(new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = key.PublicKey.Kty,
                ["crv"] = key.PublicKey.Crv,
                ["use"] = key.PublicKey.Use,
                ["alg"] = key.PublicKey.Alg,
                ["kid"] = key.PublicKey.Kid,
                ["x"] = key.PublicKey.X,
                ["y"] = key.PublicKey.Y,
            }),
        }));
        routes.MapPost("/token", async (HttpRequest request) =>
        {
            if (!request.HasFormContentType) return Error("invalid_request", "Send a form: grant_type and user.");
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
            if (form["grant_type"] != GrantType) return Error("unsupported_grant_type", $"The grant_type is {GrantType}.");
            if (!users.TryGetValue(form["user"].ToString(), out var user))
            {
                return Error("invalid_grant", $"No such demo user; there are {string.Join(", ", users.Keys)}.");
            }

            request.HttpContext.Response.Headers.CacheControl = "no-store";
            return Json(new JsonObject
            {
                ["access_token"] = tokens.Write(user),
                ["token_type"] = "Bearer",
                ["expires_in"] = (int)TokenWriter.Lifetime.TotalSeconds,
            });
        });
        routes.MapGet("/healthz", () => Results.Text("ok"));
    }

    private static IResult Json(JsonObject body, int status = StatusCodes.Status200OK) =>
        Results.Text(body.ToJsonString(), "application/json", statusCode: status);

    private static IResult Error(string code, string description) =>
        Json(new JsonObject { ["error"] = code, ["error_description"] = description }, StatusCodes.Status400BadRequest);
}
