using Alga.Extensions.Platform.Demo;
using Alga.Extensions.Platform.Options;
using Alga.Extensions.Platform.Progress;
using Alga.Extensions.Platform.Services;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Platform.Steps;
using Alga.Extensions.Services;

namespace Alga.Extensions.Platform;

/// <summary>The order of the start: everything as early as what it needs is there.</summary>
internal sealed class Startup(
    PlatformOptions options, StateFolder state, PlatformServices services, ServiceGroup group, TokenFiles tokens, IStartProgress progress)
{
    public async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        var cli = new AlgaExt(Programs.Cli, services.RegistryUrl, state.Root);
        var sample = new Sample(Programs.Root, "hello", state);
        Sample[] samples = [sample, new Sample(Programs.Root, "agreements", state)];
        var azurite = services.Azurite();

        var database = progress.StepAsync("PostgreSQL: start, migrations, logins", () => StartDatabaseAsync(cancellationToken));
        var storage = progress.StepAsync("Azurite: blob and queue storage", () => group.StartAsync(azurite, cancellationToken));
        var vault = progress.StepAsync("Key vault: start, keys", () => StartVaultAsync(cancellationToken));
        var issuer = progress.StepAsync("Issuer: start, tokens of the demo users", () => StartIssuerAsync(cancellationToken));
        var publisher = progress.StepAsync("Publisher key", () => Publisher.EnsureAsync(cli, state, cancellationToken));
        var packed = progress.StepAsync("Samples and demo host: build, pack, sign", async () =>
        {
            await NodeBuild.RunAsync(Programs.Root, cancellationToken).ConfigureAwait(false);
            await publisher.ConfigureAwait(false);
            await AllAsync([.. samples.Select(one => one.PackAsync(cli, cancellationToken))]).ConfigureAwait(false);
        });
        await AllAsync(database, storage, vault, issuer, publisher).ConfigureAwait(false);
        await progress.StepAsync("Trust bundle", () => Publisher.TrustAsync(vault.Result, state, cancellationToken)).ConfigureAwait(false);

        var registry = progress.StepAsync("Registry", () => group.StartAsync(services.Registry(database.Result, azurite, vault.Result), cancellationToken));
        var gateway = progress.StepAsync("Gateway", () => StartAllAsync(services.Gateways(database.Result, azurite.ConnectionString, vault.Result), cancellationToken));
        var runner = progress.StepAsync("Runner", () => StartAllAsync(services.Runners(database.Result, azurite, vault.Result), cancellationToken));
        var installed = progress.StepAsync("Samples: publish, install for Acme and Globex", async () =>
        {
            await AllAsync(registry, packed).ConfigureAwait(false);
            foreach (var one in samples)
            {
                await one.PublishAsync(cli, progress, cancellationToken).ConfigureAwait(false);
                await AllAsync([.. DemoUser.Administrators.Select(user => one.InstallAsync(cli, user, cancellationToken))]).ConfigureAwait(false);
            }
        });
        await AllAsync(registry, gateway, runner, packed, installed).ConfigureAwait(false);
        await progress.StepAsync("Demo host", async () =>
        {
            await DemoHostConfig.WriteAsync(services, state, cancellationToken).ConfigureAwait(false);
            await group.StartAsync(services.DemoHost(), cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        if (options.Observe) await progress.StepAsync("Prometheus", () => group.StartAsync(services.Prometheus(), cancellationToken)).ConfigureAwait(false);
        await progress.StepAsync(
            "Sample: first call", () => FirstCall.WaitAsync(services.GatewayUrl, sample.Name, state, TimeProvider.System, cancellationToken)).ConfigureAwait(false);
        return sample;
    }

    /// <summary>Like WhenAll, but the first fault ends the waiting: the others would only go on to fail after it.</summary>
    private static async Task AllAsync(params Task[] tasks)
    {
        await foreach (var task in Task.WhenEach(tasks).ConfigureAwait(false)) await task.ConfigureAwait(false);
    }

    private Task StartAllAsync(IReadOnlyList<ILocalService> all, CancellationToken cancellationToken) =>
        AllAsync([.. all.Select(one => group.StartAsync(one, cancellationToken))]);

    private async Task<DatabaseAccess> StartDatabaseAsync(CancellationToken cancellationToken)
    {
        DatabaseAccess database;
        if (options.DatabaseUrl is { } url)
        {
            database = DatabaseAccess.ForExisting(url, state);
        }
        else
        {
            var postgres = services.Postgres();
            await group.StartAsync(postgres, cancellationToken).ConfigureAwait(false);
            if (postgres.Notice is { } notice) progress.Notice(notice);
            database = await DatabaseAccess.CreateAsync(postgres.AdminConnectionString, state, cancellationToken).ConfigureAwait(false);
        }

        await database.PrepareAsync(cancellationToken).ConfigureAwait(false);
        return database;
    }

    private async Task<VaultAccess> StartVaultAsync(CancellationToken cancellationToken)
    {
        await group.StartAsync(services.KeyVault(), cancellationToken).ConfigureAwait(false);
        var vault = new VaultAccess(services.KeyVaultUrl, state);
        await vault.EnsureKeysAsync(cancellationToken).ConfigureAwait(false);
        return vault;
    }

    private async Task StartIssuerAsync(CancellationToken cancellationToken)
    {
        await group.StartAsync(services.Issuer(), cancellationToken).ConfigureAwait(false);
        await tokens.WriteAllAsync(cancellationToken).ConfigureAwait(false);
    }
}
