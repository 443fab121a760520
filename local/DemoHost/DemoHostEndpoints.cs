using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Yarp.ReverseProxy.Transforms;

namespace Alga.Extensions.DemoHost;

/// <summary>The page, its configuration, and the two services that it calls on its own origin.</summary>
internal static class DemoHostEndpoints
{
    public static void MapDemoHost(this WebApplication app, DemoHostOptions options)
    {
        var policy = $"default-src 'self'; img-src 'self' data:; frame-src {options.RunnerPublicBase}; frame-ancestors 'none'";
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = policy;
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
        app.MapForwarder("/api/ext/{**path}", options.GatewayUrl);
        app.MapForwarder("/issuer/token", options.IssuerUrl, transforms => transforms.AddPathRemovePrefix("/issuer"));
        app.MapGet("/healthz", () => Results.Text("ok"));
    }
}
