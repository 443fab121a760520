using Alga.Extensions.BlobStorage;
using Alga.Extensions.Database;
using Alga.Extensions.DevHost.Bundle;
using Alga.Extensions.DevHost.Events;
using Alga.Extensions.DevHost.World;
using Alga.Extensions.Platform.Services;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Platform.Steps;
using Alga.Extensions.Runner.HostApis;
using Alga.Extensions.Runner.Http;
using Alga.Extensions.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.DevHost;

/// <summary>The runner as it is deployed, but for three things: bundles come from memory, its log becomes events, and the world outside may be a fake.</summary>
internal sealed class DevRunner : IAsyncDisposable
{
    private readonly WebApplication app;

    private DevRunner(WebApplication app) => this.app = app;

    /// <summary>Compiles components ahead of their first call.</summary>
    public ComponentLoader Loader => app.Services.GetRequiredService<ComponentLoader>();

    /// <summary>The tenants' keys, in the local vault.</summary>
    public TenantKeys Keys => app.Services.GetRequiredService<TenantKeys>();

    public static async Task<DevRunner> StartAsync(
        PlatformServices services, StateFolder state, DatabaseAccess database, VaultAccess vault, MemoryBundles bundles, FakeWorld? world, EventWriter events, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(vault.Environment).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ALGA_ENVIRONMENT"] = "Development",
            ["DATABASE_URL"] = database.For(ApplicationRole.Runner),
            // Read and never used: the store is MemoryBundles.
            ["BUNDLE_STORE_PROVIDER"] = "azure",
            ["BUNDLE_STORE_CONNECTION"] = "UseDevelopmentStorage=true",
            ["SIGNING_TRUST_BUNDLE"] = state.TrustBundle,
            ["EXT_CACHE_ROOT"] = state.RunnerCache,
            ["RUNNER_URLS"] = services.RunnerUrl,
            ["EXT_UI_FRAME_ANCESTORS"] = services.DemoHostUrl,
            ["RUNNER_DRAIN_MS"] = "0",
        });
        builder.AddRunner(RunnerOptions.Read(builder.Configuration));
        builder.Logging.ClearProviders().AddProvider(new LogEvents(events));
        builder.Services.RemoveAll<IBundleStore>();
        builder.Services.AddSingleton<IBundleStore>(bundles);
        if (world is not null)
        {
            builder.Services.RemoveAll<IEgressNetwork>();
            builder.Services.AddSingleton<IEgressNetwork>(world.Network);
        }

        var app = builder.Build();
        app.UseCallEvents(events);
        app.MapRunner();
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        return new DevRunner(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
    }
}
