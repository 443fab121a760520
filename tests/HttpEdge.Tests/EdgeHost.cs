using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.HttpEdge.Tests;

/// <summary>One handler behind an <see cref="Edge"/> on a real Kestrel.</summary>
internal sealed class EdgeHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private EdgeHost(WebApplication app) => this.app = app;

    public HttpClient Client { get; private set; } = null!;

    public static async Task<EdgeHost> StartAsync(Func<EdgeRequest, Task<IResult>> handle, string operation = "test", Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHttpEdge();
        more?.Invoke(builder.Services);
        var app = builder.Build();
        app.Map("/{**path}", (HttpRequest request, Edge edge) => edge.RunAsync(operation, request, handle));
        await app.StartAsync();
        return new EdgeHost(app) { Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) } };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}
