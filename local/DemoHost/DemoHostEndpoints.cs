using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Yarp.ReverseProxy.Transforms;

namespace Alga.Extensions.DemoHost;

/// <summary>The demo host and the admin app, their configuration, and the services that they call on their own origin.</summary>
internal static class DemoHostEndpoints
{
    public static void MapDemoHost(this WebApplication app, DemoHostOptions options)
    {
        // The admin app signs in at the issuer; the demo host calls nobody but its own origin.
        var policy = $"default-src 'self'; img-src 'self' data:; frame-src {options.RunnerPublicBase}; frame-ancestors 'none'";
        var adminPolicy = $"default-src 'self'; img-src 'self' data:; connect-src 'self' {options.IssuerUrl}; frame-src {options.RunnerPublicBase}; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/admin") ? adminPolicy : policy;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
        app.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(options.PageFolder), RedirectToAppendTrailingSlash = false });
        app.MapGet("/config.json", async (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.ContentType = "application/json";
            await context.Response.SendFileAsync(options.ConfigFile, context.RequestAborted).ConfigureAwait(false);
        });
        app.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(options.AdminFolder), RequestPath = "/admin" });
        app.MapGet("/admin/config.json", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.Json(new Dictionary<string, string>
            {
                ["registryBase"] = "/api",
                ["gatewayBase"] = "/api",
                ["runnerPublicBase"] = options.RunnerPublicBase,
                ["authority"] = options.IssuerUrl,
                ["clientId"] = "alga-admin",
            });
        });
        app.MapForwarder("/api/registry/{**path}", options.RegistryUrl);
        app.MapForwarder("/api/tenant/{**path}", options.RegistryUrl);
        app.MapForwarder("/api/ext/{**path}", options.GatewayUrl);
        app.MapForwarder("/api/ext-token/{**path}", options.GatewayUrl);
        app.MapForwarder("/api/ext-tail/{**path}", options.GatewayUrl);
        app.MapForwarder("/api/host/extensions", options.GatewayUrl);
        app.MapForwarder("/issuer/token", options.IssuerUrl, transforms => transforms.AddPathRemovePrefix("/issuer"));
        app.MapGet("/healthz", () => Results.Text("ok"));
    }
}
