using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Telemetry.Tests;

/// <summary>A stand-in for whoever takes telemetry: Azure Monitor's ingestion endpoint and an OTLP collector over HTTP.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Path, string Body)> received = new();

    private Collector(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector.app.Map("/{**path}", (Delegate)collector.ReceiveAsync);
        await collector.app.StartAsync();
        return collector;
    }

    /// <summary>All bodies that came to a path, as text.</summary>
    public string Received(string path) => string.Join('\n', received.Where(one => one.Path == path).Select(one => one.Body));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpContext context)
    {
        await using var stream = context.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        using var body = new MemoryStream();
        await stream.CopyToAsync(body);
        var text = Encoding.UTF8.GetString(body.ToArray());
        received.Enqueue((context.Request.Path.Value!, text));
        var items = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        return context.Request.Path.StartsWithSegments("/v2.1") ? Results.Json(new { itemsReceived = items, itemsAccepted = items, errors = Array.Empty<string>() }) : Results.Ok();
    }
}
