using Alga.Extensions.LoadReports;
using Alga.Extensions.Secrets;
using Alga.Extensions.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Scaler;

/// <summary>Puts the scaler together.</summary>
public static class ScalerHost
{
    /// <summary>Adds everything that the scaler consists of: gRPC on one port, reports and health on another.</summary>
    public static WebApplicationBuilder AddScaler(this WebApplicationBuilder builder, ScalerOptions options)
    {
        builder.Logging.ClearProviders().AddJsonConsole();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenAnyIP(options.GrpcPort, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                if (options.TlsFolder is null) return;
                var files = new TlsFiles(options.TlsFolder);
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(files.Options()) });
            });
            kestrel.ListenAnyIP(options.ReportPort, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddPlatformTelemetry(builder.Configuration, "scaler");
        builder.Services.AddSecretVault(options.Vault);
        builder.Services.AddSingleton<LoadBook>();
        builder.Services.AddSingleton<LoadEndpoint>();
        builder.Services.AddGrpc();
        return builder;
    }

    /// <summary>Maps the endpoints.</summary>
    public static WebApplication MapScaler(this WebApplication app)
    {
        app.MapGrpcService<ExternalScalerService>();
        app.MapPost(LoadReport.Path, (HttpRequest request, LoadEndpoint endpoint) => endpoint.TakeAsync(request));
        app.MapGet("/healthz", () => Results.Text("alive"));
        return app;
    }
}
