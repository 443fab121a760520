using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Secrets;

/// <summary>
/// The platform's own secrets, from Azure Key Vault. A value is kept for five minutes; when the vault is down after that,
/// the last value stays in use for an hour, so that a short outage of the vault is none of the platform.
/// </summary>
public sealed class SecretVault(SecretClient client, TimeProvider time, ILogger<SecretVault> logger) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Usable = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Held> held = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim gate = new(1, 1);

    private sealed record Held(byte[] Value, DateTimeOffset FetchedAt, DateTimeOffset NextAttempt);

    /// <summary>A client for the settings: a managed identity, or the pinned development vault.</summary>
    public static SecretClient CreateClient(SecretVaultOptions options)
    {
        if (options.DevelopmentThumbprint is { } thumbprint) return DevelopmentVault.CreateClient(options.VaultUrl, thumbprint, options.DevelopmentToken);

        var clientOptions = new SecretClientOptions();
        Tune(clientOptions);
        return new SecretClient(options.VaultUrl, new DefaultAzureCredential(), clientOptions);
    }

    /// <summary>The bytes of a base64 secret. The caller must not change them.</summary>
    /// <param name="name">The platform's name for it; one of a few constants, never from a request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SecretUnavailableException">There is no usable value.</exception>
    public async ValueTask<byte[]> GetRequiredBytesAsync(string name, CancellationToken cancellationToken)
    {
        var value = FindUsable(name, out var due);
        if (value is not null && !due) return value;

        await gate.WaitAsync(cancellationToken);
        try
        {
            // Somebody else may have fetched it in the meantime.
            value = FindUsable(name, out due);
            if (value is not null && !due) return value;

            value = await FetchAsync(name, cancellationToken);
            held[name] = new Held(value, time.GetUtcNow(), time.GetUtcNow() + Fresh);
            return value;
        }
        catch (Exception exception) when (IsOutage(exception) && value is not null)
        {
            Log.VaultUnreachable(logger, name, exception);
            held[name] = held[name] with { NextAttempt = time.GetUtcNow() + BetweenAttempts };
            return value;
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            throw new SecretUnavailableException($"Secret {name} cannot be fetched from the vault.", exception);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    internal static void Tune(SecretClientOptions options)
    {
        options.Retry.MaxRetries = 2;
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(5);
    }

    /// <summary>Several failed attempts in a row arrive as an <see cref="AggregateException"/>.</summary>
    private static bool IsOutage(Exception exception) =>
        exception is RequestFailedException or AuthenticationFailedException or AggregateException;

    private byte[]? FindUsable(string name, out bool fetchIsDue)
    {
        fetchIsDue = true;
        var now = time.GetUtcNow();
        if (!held.TryGetValue(name, out var entry) || now - entry.FetchedAt >= Usable) return null;
        fetchIsDue = now >= entry.NextAttempt;
        return entry.Value;
    }

    private async Task<byte[]> FetchAsync(string name, CancellationToken cancellationToken)
    {
        var secret = await client.GetSecretAsync(name, cancellationToken: cancellationToken);
        var text = secret.Value.Value;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 0
            ? bytes[..length]
            : throw new SecretUnavailableException($"Secret {name} in the vault is not base64.");
    }
}
