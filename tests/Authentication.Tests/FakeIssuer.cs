using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Alga.Extensions.Authentication.Tests;

/// <summary>An OpenID Connect issuer on a real socket, whose keys a test can change.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Dictionary<string, AsymmetricAlgorithm> keys = [];
    private int fetches;

    private FakeIssuer(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    /// <summary>What the discovery document calls itself; its own URL when null.</summary>
    public string? Name { get; set; }

    public bool Down { get; set; }

    /// <summary>How often the keys were asked for.</summary>
    public int Fetches => fetches;

    public static async Task<FakeIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new FakeIssuer(builder.Build());
        issuer.app.MapGet("/.well-known/openid-configuration", issuer.Discovery);
        issuer.app.MapGet("/keys", issuer.Keys);
        await issuer.app.StartAsync();
        issuer.Add("k1", ECDsa.Create(ECCurve.NamedCurves.nistP256));
        return issuer;
    }

    public void Add(string keyId, AsymmetricAlgorithm key) => keys[keyId] = key;

    public void Remove(string keyId) => keys.Remove(keyId);

    public SigningCredentials Credentials(string keyId, string algorithm = SecurityAlgorithms.EcdsaSha256) => new(SecurityKey(keyId), algorithm);

    public SecurityKey SecurityKey(string keyId) => keys[keyId] switch
    {
        ECDsa ecdsa => new ECDsaSecurityKey(ecdsa) { KeyId = keyId },
        RSA rsa => new RsaSecurityKey(rsa) { KeyId = keyId },
        _ => throw new InvalidOperationException(),
    };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Discovery()
    {
        if (Down) return Results.StatusCode(503);
        return Results.Text(new JsonObject { ["issuer"] = Name ?? Url, ["jwks_uri"] = Url + "/keys" }.ToJsonString(), "application/json");
    }

    private IResult Keys()
    {
        Interlocked.Increment(ref fetches);
        var set = new JsonArray();
        foreach (var keyId in keys.Keys)
        {
            var key = JsonWebKeyConverter.ConvertFromSecurityKey(SecurityKey(keyId));
            set.Add(new JsonObject { ["kid"] = keyId, ["kty"] = key.Kty, ["crv"] = key.Crv, ["x"] = key.X, ["y"] = key.Y, ["n"] = key.N, ["e"] = key.E });
        }

        return Results.Text(new JsonObject { ["keys"] = set }.ToJsonString(), "application/json");
    }
}
