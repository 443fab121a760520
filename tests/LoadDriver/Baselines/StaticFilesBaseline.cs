using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.LoadDriver.Baselines;

/// <summary>ASP.NET Core's static files on Kestrel, without anything else.</summary>
internal static class StaticFilesBaseline
{
    public const string Argument = "--static-files-baseline";

    /// <summary>Serves a folder until the process is stopped.</summary>
    public static async Task RunAsync(int port, string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder) });
        app.MapGet("/healthz", () => Results.Text("alive"));
        await app.RunAsync();
    }
}
