using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.HttpEdge;
using Alga.Extensions.LoadReports;
using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Runner.HostApis;
using Alga.Extensions.Runner.Recordings;
using Alga.Extensions.Runner.Records;
using Alga.Extensions.Secrets;
using Alga.Extensions.ServiceTokens;
using Alga.Extensions.Telemetry;
using Alga.Extensions.TrustedIndexes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;

namespace Alga.Extensions.Runner.Http;

/// <summary>Puts the runner together.</summary>
public static class RunnerHost
{
    /// <summary>Adds everything that the runner consists of.</summary>
    public static WebApplicationBuilder AddRunner(this WebApplicationBuilder builder, RunnerOptions options)
    {
        builder.WebHost.UseUrls(options.Urls).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A service token at its longest, and room for the rest.
            kestrel.Limits.MaxRequestHeadersTotalSize = ServiceToken.MaxLength + (8 * 1024);
        });
        builder.Logging.ClearProviders().AddJsonConsole(console => console.IncludeScopes = true);
        var services = builder.Services;
        // Whoever writes into a full queue would wait, and that is a guest's thread: what nobody reads fast enough is dropped and counted there.
        services.Configure<ConsoleLoggerOptions>(console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
        // The drain, the longest guest, and time to answer and to write the records: what runs is finished, not cut.
        services.Configure<HostOptions>(host => host.ShutdownTimeout =
            TimeSpan.FromMilliseconds(options.DrainMs + PlatformLimits.MaxTimeoutMs + 5_000) + (2 * RecordWriter.FlushTime) + RecordingWriter.FlushTime);
        services.AddHttpEdge();
        services.AddDatabase(options.Database);
        services.AddBundleStore(options.BundleStore);
        services.AddSecretVault(options.Vault);
        services.AddLoadReports(options.LoadReports, LoadComponent.Runner);
        services.AddExecutionRecords(new RecordOptions { SpoolRoot = options.SpoolRoot, SpoolBytes = options.SpoolMb * 1024L * 1024L });
        services.AddTenantKeys(options.Vault);
        services.AddExecutionRecordings();
        services.AddSingleton<ExecutionRecordings>();
        services.AddHostApis(new EgressPolicy(options.EgressAllowlist));
        services.AddPlatformTelemetry(builder.Configuration, "runner").WithMetrics(metrics => metrics.AddPrometheusExporter());

        services.AddSingleton(options);
        services.AddSingleton(options.Indexes.Trust);
        services.AddTrustedIndexes(options.Indexes);
        services.AddSingleton<RunnerMetrics>();
        services.AddSingleton(provider => new EngineSet(new EngineOptions { Slots = options.Concurrency }, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<BundleFetcher>();
        services.AddCompiling(options);
        services.AddSingleton<ComponentLoader>();
        services.AddSingleton(provider => new ComponentCache(
            provider.GetRequiredService<ComponentLoader>().LoadAsync, options.CacheMemoryMb * 1024L * 1024L, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new GuestComponents(provider.GetRequiredService<ComponentCache>(), new ComponentCache(
            provider.GetRequiredService<ComponentLoader>().LoadMeteredAsync, options.CacheMemoryMb * 1024L * 1024L / 4, provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton<PlatformKeys>();
        services.AddUi(options);
        services.AddSingleton<Readiness>();
        services.AddSingleton(provider => new ReplayGuard(provider.GetRequiredService<TimeProvider>(), ReplayGuard.CapacityOfProcessor * Environment.ProcessorCount));
        services.AddSingleton<ExecuteGate>();
        services.AddSingleton<ExecutionPool>();
        services.AddSingleton<ExecuteEndpoint>();
        services.AddSingleton<Preloader>();
        services.AddHostedService<DrainService>();
        services.AddHostedService<DependencyCheck>();
        services.AddHostedService(provider => provider.GetRequiredService<Preloader>());
        return builder;
    }

    /// <summary>Maps the endpoints.</summary>
    public static WebApplication MapRunner(this WebApplication app)
    {
        MapExecute(app);
        app.Map(UiEndpoint.Root + "{**path}", (HttpContext http, UiEndpoint endpoint) => endpoint.HandleAsync(http));
        app.MapGet("/healthz", () => Results.Text("alive"));
        app.MapGet("/readyz", (Readiness readiness) => readiness.IsReady
            ? Results.Text("ready")
            : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable));
        app.MapGet("/warmup", async (Preloader preloader, CancellationToken aborted) =>
        {
            await preloader.WarmAsync(aborted);
            return Results.Text("warm");
        });
        app.MapPrometheusScrapingEndpoint("/metrics");
        return app;
    }

    // Looked up once: services for a request of its own would be made and dropped with each one.
    private static void MapExecute(WebApplication app)
    {
        var edge = app.Services.GetRequiredService<Edge>();
        var endpoint = app.Services.GetRequiredService<ExecuteEndpoint>();
        Func<EdgeRequest, Task<IResult>> handle = endpoint.HandleAsync;
        app.MapPost("/v1/execute", async http => await (await edge.RunAsync("execute", http.Request, handle)).ExecuteAsync(http));
    }
}
