using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Secrets.Tests;

/// <summary>Key Vault's way of answering, over https with a certificate of its own making.</summary>
internal sealed class FakeVault : IAsyncDisposable
{
    private readonly WebApplication app;
    private int reads;

    private FakeVault(WebApplication app, X509Certificate2 certificate)
    {
        this.app = app;
        Thumbprint = Convert.ToHexString(SHA256.HashData(certificate.RawData));
    }

    public Dictionary<string, string> Secrets { get; } = [];

    public bool Down { get; set; }

    public string Thumbprint { get; }

    public Uri Url => new(app.Urls.Single());

    /// <summary>How often a secret was asked for with a token.</summary>
    public int Reads => reads;

    public static async Task<FakeVault> StartAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=vault", key, HashAlgorithmName.SHA256);
        var start = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var certificate = request.CreateSelfSigned(start, start.AddYears(50));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var vault = new FakeVault(builder.Build(), certificate);
        vault.app.MapGet("/secrets/{name}/{version?}", vault.Get);
        await vault.app.StartAsync();
        return vault;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Get(HttpContext context, string name)
    {
        if (context.Request.Headers.Authorization.Count == 0)
        {
            context.Response.Headers.WWWAuthenticate = """Bearer authorization="https://login.example/tenant", resource="https://vault.azure.net" """;
            return Results.StatusCode(401);
        }

        Interlocked.Increment(ref reads);
        if (Down) return Results.StatusCode(503);
        return Secrets.TryGetValue(name, out var value)
            ? Results.Json(new { value, id = $"{Url}secrets/{name}/1", attributes = new { enabled = true } })
            : Results.Json(new { error = new { code = "SecretNotFound", message = "no" } }, statusCode: 404);
    }
}
