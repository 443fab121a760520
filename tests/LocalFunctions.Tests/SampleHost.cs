using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.LocalFunctions.Tests;

/// <summary>Serves <see cref="SampleFunctions"/>.</summary>
public sealed class SampleHost : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("local-functions-").FullName;
    private WebApplication app = null!;

    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "host.json"), """{"version":"2.0","extensions":{"http":{"routePrefix":"pre"}}}""");
        var builder = LocalHost.CreateBuilder([typeof(SampleFunctions)], folder, "--urls=http://127.0.0.1:0");
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new Greeter("hello"));
        builder.Services.AddHttpContextAccessor();
        app = (WebApplication)builder.Build();
        await app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>Sends a target exactly as it is written and gives status line and body.</summary>
    public async Task<string> RawAsync(string method, string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Client.BaseAddress!.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
