using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Secrets;

/// <summary>
/// A key for each tenant, in the vault under <c>alga-tenant-key-{tenant}</c>. A key is kept for four minutes and not a
/// moment longer, whether the vault answers then or not: with the minute for which a runner keeps a value, nothing
/// outlives the loss of the vault by more than five. After a failure the vault is left alone for five seconds, so that a
/// tenant whose extension asks in a loop does not add to its trouble. Thread-safe.
/// </summary>
public sealed class TenantKeys(SecretClient client, TimeProvider time, ILogger<TenantKeys> logger)
{
    /// <summary>How long a key is used after it was fetched.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FetchTime = TimeSpan.FromSeconds(10);
    private const int Capacity = 10_000;
    private const int NotFound = 404;

    private readonly ConcurrentDictionary<(Guid Tenant, string? Version), Entry> entries = new();

    /// <summary>The key with which something was sealed.</summary>
    /// <exception cref="SecretUnavailableException">The vault does not answer, or has no such version.</exception>
    public Task<TenantKey> GetAsync(Guid tenantId, string version, CancellationToken cancellationToken) =>
        FindAsync(tenantId, version, cancellationToken);

    /// <summary>The key to seal with; the first call for a tenant makes one.</summary>
    /// <exception cref="SecretUnavailableException">The vault does not answer.</exception>
    public Task<TenantKey> GetCurrentAsync(Guid tenantId, CancellationToken cancellationToken) =>
        FindAsync(tenantId, null, cancellationToken);

    private Task<TenantKey> FindAsync(Guid tenantId, string? version, CancellationToken cancellationToken)
    {
        if (entries.Count >= Capacity) DropOld();
        var key = (tenantId, version);
        var entry = entries.AddOrUpdate(key, Begin, (_, known) => IsUsable(known) ? known : Begin(key));
        return entry.Fetch.Value.WaitAsync(cancellationToken);
    }

    private Entry Begin((Guid Tenant, string? Version) key) =>
        new(time.GetTimestamp(), new Lazy<Task<TenantKey>>(() => FetchAsync(key.Tenant, key.Version)));

    private bool IsUsable(Entry entry)
    {
        var age = time.GetElapsedTime(entry.Begun);
        return age < MaxAge && (age < AfterFailure || !entry.Fetch.IsValueCreated || !entry.Fetch.Value.IsFaulted);
    }

    private void DropOld()
    {
        foreach (var (key, entry) in entries)
        {
            if (!IsUsable(entry)) entries.TryRemove(KeyValuePair.Create(key, entry));
        }

        // All of them in use within minutes: more tenants than this process was made for. They are fetched again.
        if (entries.Count >= Capacity) entries.Clear();
    }

    private async Task<TenantKey> FetchAsync(Guid tenantId, string? version)
    {
        var name = $"alga-tenant-key-{tenantId:N}";
        using var timeout = new CancellationTokenSource(FetchTime, time);
        try
        {
            try
            {
                return Read(await client.GetSecretAsync(name, version, cancellationToken: timeout.Token));
            }
            catch (RequestFailedException exception) when (exception.Status == NotFound && version is null)
            {
                // Two at once make two versions: each value says with which it was sealed, so both are good.
                return Read(await client.SetSecretAsync(name, Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretSeal.KeyBytes)), timeout.Token));
            }
        }
        catch (Exception exception) when (exception is RequestFailedException or AuthenticationFailedException or AggregateException or OperationCanceledException)
        {
            Log.TenantKeyUnavailable(logger, tenantId, exception);
            throw new SecretUnavailableException($"The key of tenant {tenantId:D} cannot be had from the vault.", exception);
        }
    }

    private static TenantKey Read(KeyVaultSecret secret)
    {
        var bytes = new byte[SecretSeal.KeyBytes];
        return Convert.TryFromBase64String(secret.Value, bytes, out var length) && length == SecretSeal.KeyBytes
            ? new TenantKey(secret.Properties.Version, bytes)
            : throw new SecretUnavailableException($"Secret {secret.Name} in the vault is not the base64 of {SecretSeal.KeyBytes} bytes.");
    }

    private sealed record Entry(long Begun, Lazy<Task<TenantKey>> Fetch);
}
