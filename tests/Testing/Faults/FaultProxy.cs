using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Alga.Extensions.Testing.Faults;

/// <summary>Passes requests on to a store as they are (signatures hold) and spoils the answers that a test asked for.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private static readonly HashSet<string> OwnHeaders = new(["Transfer-Encoding", "Connection", "Keep-Alive"], StringComparer.OrdinalIgnoreCase);

    private readonly WebApplication app;
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly Uri target;
    private readonly ConcurrentQueue<(Fault Fault, Func<HttpRequest, bool> Fits)> faults = new();
    private int requests;

    private FaultProxy(WebApplication app, Uri target)
    {
        this.app = app;
        this.target = target;
    }

    public Uri Url => new(app.Urls.First());

    /// <summary>How many requests came so far.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>Whether all faults have happened that were asked for.</summary>
    public bool IsQuiet => faults.IsEmpty;

    public static async Task<FaultProxy> StartAsync(Uri target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var proxy = new FaultProxy(app, target);
        app.Run(proxy.AnswerAsync);
        await app.StartAsync().ConfigureAwait(false);
        return proxy;
    }

    /// <summary>Spoils the next answers to requests that fit, one after the other.</summary>
    public void Inject(Fault fault, int times = 1, Func<HttpRequest, bool>? fits = null)
    {
        for (var number = 0; number < times; number++) faults.Enqueue((fault, fits ?? (_ => true)));
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync().ConfigureAwait(false);
        client.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref requests);
        var fault = faults.TryPeek(out var next) && next.Fits(context.Request) && faults.TryDequeue(out next) ? next.Fault : Fault.None;
        if (fault == Fault.Overloaded)
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted).ConfigureAwait(false);
            context.Response.StatusCode = 503;
            context.Response.ContentType = "application/xml";
            context.Response.Headers["x-ms-error-code"] = "ServerBusy";
            await context.Response.WriteAsync("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>").ConfigureAwait(false);
            return;
        }

        using var response = await ForwardAsync(context).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(context.RequestAborted).ConfigureAwait(false);
        if (fault == Fault.LostAnswer)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!OwnHeaders.Contains(name)) context.Response.Headers[name] = values.ToArray();
        }

        // An answer to HEAD states a length and has no body.
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await WriteAsync(context, body, fault).ConfigureAwait(false);
    }

    private static async Task WriteAsync(HttpContext context, byte[] body, Fault fault)
    {
        var half = body.Length / 2;
        switch (fault)
        {
            case Fault.CutOff:
                context.Response.ContentLength = half;
                await context.Response.Body.WriteAsync(body.AsMemory(0, half)).ConfigureAwait(false);
                break;
            case Fault.ResetMidBody:
                context.Response.ContentLength = body.Length;
                await context.Response.Body.WriteAsync(body.AsMemory(0, half)).ConfigureAwait(false);
                await context.Response.Body.FlushAsync().ConfigureAwait(false);
                context.Abort();
                break;
            default:
                if (fault == Fault.WrongBytes && body.Length > 0) body[half] ^= 0x40;
                if (body.Length > 0 || context.Response.StatusCode is not (204 or 304)) context.Response.ContentLength = body.Length;
                await context.Response.Body.WriteAsync(body).ConfigureAwait(false);
                break;
        }
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpContext context)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        // As it was sent: another spelling of the path would be another signature.
        var url = new Uri(target.GetLeftPart(UriPartial.Authority) + raw, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), url);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        if (body.Length > 0 || context.Request.ContentLength is not null) request.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, values) in context.Request.Headers)
        {
            if (OwnHeaders.Contains(name)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, [.. values])) request.Content?.Headers.TryAddWithoutValidation(name, [.. values]);
        }

        if (request.Content is { } content && context.Request.ContentLength is { } length) content.Headers.ContentLength = length;
        request.Headers.ExpectContinue = false;
        request.Headers.Host = context.Request.Headers.Host;
        return await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, context.RequestAborted).ConfigureAwait(false);
    }
}

/// <summary>What can be wrong with an answer.</summary>
public enum Fault
{
    None,

    /// <summary>503, the request was not seen by the store.</summary>
    Overloaded,

    /// <summary>The store did what was asked, and nobody hears of it.</summary>
    LostAnswer,

    /// <summary>Half of the body, then a reset of the connection.</summary>
    ResetMidBody,

    /// <summary>Half of the body as if it were all of it.</summary>
    CutOff,

    /// <summary>One bit of the body is another one.</summary>
    WrongBytes,
}
