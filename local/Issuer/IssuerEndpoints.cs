using System.Text.Json.Nodes;
using Alga.Extensions.Issuer.Authorize;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Alga.Extensions.Issuer;

/// <summary>OpenID Connect discovery, the key set, a sign-in page for browsers, and a token endpoint that trusts this machine.</summary>
public static class IssuerEndpoints
{
    /// <summary>The grant for scripts: a token for the user of a given e-mail address, without a password.</summary>
    public const string GrantType = "urn:alga:params:oauth:grant-type:demo-user";

    public static void MapIssuer(
        this IEndpointRouteBuilder routes, IssuerOptions options, SigningKey key, TokenWriter tokens, AuthorizationCodes codes)
    {
        var users = DemoUser.ReadAll(options.UsersFile);
        routes.MapGet("/.well-known/openid-configuration", () => Json(new JsonObject
        {
            ["issuer"] = options.Url,
            ["jwks_uri"] = options.Url + "/.well-known/jwks.json",
            ["authorization_endpoint"] = options.Url + "/authorize",
            ["token_endpoint"] = options.Url + "/token",
            ["response_types_supported"] = new JsonArray("code"),
            ["response_modes_supported"] = new JsonArray("query"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("none"),
            ["scopes_supported"] = new JsonArray("openid", "profile", "email"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["grant_types_supported"] = new JsonArray("authorization_code", GrantType),
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
        routes.MapAuthorize(options, users, codes);
        routes.MapPost("/token", async (HttpRequest request) =>
        {
            if (!request.HasFormContentType) return Error("invalid_request", "Send a form with a grant_type.");
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
            request.HttpContext.Response.Headers.CacheControl = "no-store";
            return form["grant_type"].ToString() switch
            {
                GrantType => users.TryGetValue(form["user"].ToString(), out var user)
                    ? Json(Tokens(tokens, user))
                    : Error("invalid_grant", $"No such demo user; there are {string.Join(", ", users.Keys)}."),
                "authorization_code" => Exchange(form, tokens, codes),
                _ => Error("unsupported_grant_type", $"The grant_type is authorization_code or {GrantType}."),
            };
        });
        routes.MapGet("/healthz", () => Results.Text("ok"));
    }

    private static IResult Exchange(IFormCollection form, TokenWriter tokens, AuthorizationCodes codes)
    {
        if (form["client_id"] != IssuerOptions.ClientId) return Error("invalid_client", $"The client_id is {IssuerOptions.ClientId}.");
        if (codes.Take(form["code"].ToString(), form["redirect_uri"].ToString(), form["code_verifier"].ToString()) is not { } signedIn)
        {
            return Error("invalid_grant", "The code is not one, was used, is older than a minute, or belongs to another page or code_verifier.");
        }

        var answer = Tokens(tokens, signedIn.User);
        answer["id_token"] = tokens.WriteIdToken(signedIn.User, signedIn.Request.Nonce);
        answer["scope"] = signedIn.Request.Scope;
        return Json(answer);
    }

    private static JsonObject Tokens(TokenWriter tokens, DemoUser user) => new()
    {
        ["access_token"] = tokens.Write(user),
        ["token_type"] = "Bearer",
        ["expires_in"] = (int)TokenWriter.Lifetime.TotalSeconds,
    };

    private static IResult Json(JsonObject body, int status = StatusCodes.Status200OK) =>
        Results.Text(body.ToJsonString(), "application/json", statusCode: status);

    private static IResult Error(string code, string description) =>
        Json(new JsonObject { ["error"] = code, ["error_description"] = description }, StatusCodes.Status400BadRequest);
}
