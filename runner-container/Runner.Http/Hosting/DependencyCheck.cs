using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;
using Alga.Extensions.Secrets;
using Alga.Extensions.ServiceTokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Reads the keys and touches the bundle store, again and again until both answer; the database was checked before.
/// Meanwhile the runner is alive and not ready.
/// </summary>
public sealed class DependencyCheck(
    SecretVault vault, IBundleStore store, PlatformKeys keys, Readiness readiness, TimeProvider time, ILogger<DependencyCheck> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!(await TryAsync("key vault", ReadKeysAsync, stoppingToken) && await TryAsync("bundle store", TouchStoreAsync, stoppingToken)))
        {
            await Task.Delay(Pause, time, stoppingToken);
        }

        readiness.SetVerified();
        Log.Ready(logger);
    }

    private async Task ReadKeysAsync(CancellationToken cancellationToken)
    {
        var tokenKey = new ServiceTokenKey(await vault.GetRequiredBytesAsync(ServiceTokenKey.SecretName, cancellationToken));
        keys.Set(new ServiceTokenVerifier(tokenKey, time), await vault.GetRequiredBytesAsync(PlatformKeys.CompiledCodeSecret, cancellationToken));
    }

    private async Task TouchStoreAsync(CancellationToken cancellationToken)
    {
        // Any name will do; that there is no such blob is an answer.
        await using var stream = await store.OpenReadAsync(BundleBlobNames.Manifest(ContentHash.Of([])), cancellationToken);
    }

    private async Task<bool> TryAsync(string dependency, Func<CancellationToken, Task> check, CancellationToken cancellationToken)
    {
        try
        {
            await check(cancellationToken);
            return true;
        }
#pragma warning disable CA1031 // Whatever is wrong with a dependency, the answer is to try again and to say so.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.DependencyMissing(logger, dependency, exception);
            return false;
        }
    }
}
