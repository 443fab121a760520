using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Cli.Tests.Catalog;

/// <summary>A registry on a loopback port that gives one answer to whatever is asked, and remembers what that was.</summary>
internal sealed class FakeRegistry : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string tokenFile = Path.GetTempFileName();

    private FakeRegistry(int status, string answer)
    {
        app = WebApplication.CreateSlimBuilder().Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            Method = context.Request.Method;
            Target = context.Request.Path.Value + WebUtility.UrlDecode(context.Request.QueryString.Value);
            Authorization = context.Request.Headers.Authorization.ToString();
            Body = await reader.ReadToEndAsync();
            context.Response.StatusCode = status;
            context.Response.ContentType = status < 400 ? "application/json" : "application/problem+json";
            await context.Response.WriteAsync(answer);
        });
    }

    public string? Method { get; private set; }

    public string? Target { get; private set; }

    public string? Authorization { get; private set; }

    public string? Body { get; private set; }

    public static async Task<FakeRegistry> StartAsync(int status, string answer)
    {
        var registry = new FakeRegistry(status, answer);
        await File.WriteAllTextAsync(registry.tokenFile, "a-token\n");
        await registry.app.StartAsync();
        return registry;
    }

    public Task<CliRun> RunAsync(params string[] arguments) => CliRun.RunAsync([.. arguments, "--registry", app.Urls.First(), "--token-file", tokenFile]);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        File.Delete(tokenFile);
    }
}
