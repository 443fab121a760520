using Alga.Extensions.DevHost.Bundle;
using Alga.Extensions.DevHost.Events;
using Alga.Extensions.DevHost.World;
using Alga.Extensions.Platform.Options;
using Alga.Extensions.Platform.Services;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Platform.Steps;
using Alga.Extensions.Services;

namespace Alga.Extensions.DevHost;

/// <summary>One run: database, vault, issuer, gateway and demo host as ./run has them, and the runner in this process.</summary>
internal static class DevHostRun
{
    /// <returns>0 when it was stopped on purpose, 1 when something failed.</returns>
    public static async Task<int> RunAsync(DevHostOptions options, CancellationToken stop)
    {
        var events = new EventWriter(Console.Out);
        var state = new StateFolder(options.StateFolder);
        Directory.CreateDirectory(state.Root);
        try
        {
            using var mine = StateLock.Take(state);
            state.RotateLogs();
            var services = new PlatformServices(new PlatformOptions(options.StateFolder, options.PortBase, Reset: false, Demo: false, HostOrigins: [], DatabaseUrl: null), state);
            Requirements.Check(services.Ports, ownPostgres: true, observe: false, two: false);
            await using var group = new ServiceGroup(state.Log, restart: false);
            await RunAsync(options, state, services, group, events, stop).ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (ServiceException exception)
        {
            events.Write("failed", new() { ["message"] = exception.Message });
            return 1;
        }
    }

    private static async Task RunAsync(DevHostOptions options, StateFolder state, PlatformServices services, ServiceGroup group, EventWriter events, CancellationToken stop)
    {
        using var tokens = new TokenFiles(services.IssuerUrl, state, TimeProvider.System);
        using var signer = new DevSigner(options.Publisher, TimeProvider.System);
        await File.WriteAllTextAsync(state.TrustBundle, signer.TrustText, stop).ConfigureAwait(false);
        var starting = StartDatabaseAsync(services, group, state, stop);
        var vault = new VaultAccess(services.KeyVaultUrl, state);
        await Task.WhenAll(starting, StartVaultAsync(services, group, vault, stop), StartIssuerAsync(services, group, tokens, stop)).ConfigureAwait(false);
        var database = await starting.ConfigureAwait(false);

        // What runner and gateway remember of indexes is signed by keys that went with the run before.
        var remembered = Path.Combine(state.RunnerCache, "indexes");
        if (Directory.Exists(remembered)) Directory.Delete(remembered, recursive: true);
        await new DevRows(database.Owner).ForgetVersionsAsync(stop).ConfigureAwait(false);
        var bundles = new MemoryBundles();
        await using var world = options.FakeWorld ? await FakeWorld.StartAsync(events).ConfigureAwait(false) : null;
        await using var runner = await DevRunner.StartAsync(services, state, database, vault, bundles, world, events, stop).ConfigureAwait(false);
        await group.StartAsync(services.Gateway(database, eventQueue: null, vault), stop).ConfigureAwait(false);
        using var installer = new DevInstaller(database.Owner, signer, bundles, runner.Loader, runner.Keys, TimeProvider.System);
        await DevPage.WriteAsync(services, state, stop).ConfigureAwait(false);
        // Tests look at no page.
        if (!options.FakeWorld) await group.StartAsync(services.DemoHost(), stop).ConfigureAwait(false);
        await using var control = await ControlEndpoints.StartAsync(options, services.Ports.Registry, installer, world, stop).ConfigureAwait(false);

        events.Write("ready", new()
        {
            ["gateway"] = services.GatewayUrl,
            ["control"] = services.RegistryUrl,
            ["page"] = services.DemoHostUrl,
            ["tokenFile"] = state.Token(DemoUser.Ada.Name),
        });
        var fresh = tokens.KeepFreshAsync(stop);
        await Task.WhenAny(fresh, group.Failure).ConfigureAwait(false);
        if (group.Failure.IsCompleted) throw new ServiceException(await group.Failure.ConfigureAwait(false));
        await fresh.ConfigureAwait(false);
    }

    private static async Task<DatabaseAccess> StartDatabaseAsync(PlatformServices services, ServiceGroup group, StateFolder state, CancellationToken cancellationToken)
    {
        var postgres = services.Postgres();
        await group.StartAsync(postgres, cancellationToken).ConfigureAwait(false);
        var database = await DatabaseAccess.CreateAsync(postgres.AdminConnectionString, state, cancellationToken).ConfigureAwait(false);
        await database.PrepareAsync(cancellationToken).ConfigureAwait(false);
        return database;
    }

    private static async Task StartVaultAsync(PlatformServices services, ServiceGroup group, VaultAccess vault, CancellationToken cancellationToken)
    {
        await group.StartAsync(services.KeyVault(), cancellationToken).ConfigureAwait(false);
        await vault.EnsureKeysAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task StartIssuerAsync(PlatformServices services, ServiceGroup group, TokenFiles tokens, CancellationToken cancellationToken)
    {
        await group.StartAsync(services.Issuer(), cancellationToken).ConfigureAwait(false);
        await tokens.WriteAllAsync(cancellationToken).ConfigureAwait(false);
    }
}
