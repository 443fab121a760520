using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Resolve;

/// <summary>
/// Installs in memory. While changes are announced (<see cref="InstallWatcher"/>) one is read again only when it changed, or after
/// <see cref="HeardLifetime"/>; while they are not, after <see cref="UnheardLifetime"/>. While the database is away the last state goes on to
/// serve, up to <see cref="MaxAge"/>, unless it is known to have changed.
/// </summary>
internal sealed class InstallCache(IInstallSource source, TimeProvider time, ILogger<InstallCache> logger)
{
    public static readonly TimeSpan HeardLifetime = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan UnheardLifetime = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(15);

    // A database that hangs must not make each request hang: what is known serves after this.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private const int Capacity = 20_000;

    private readonly ConcurrentDictionary<InstallKey, Known> known = new();
    private readonly ConcurrentDictionary<InstallKey, Lazy<Task<Known>>> reading = new();
    private volatile bool isHeard;
    private long epoch;
    // A timestamp; 0 while the database answers.
    private long failedAt;

    /// <summary>What was read, and in which state of the announcements.</summary>
    private sealed record Known(Install? Install, long ReadAt, long Epoch);

    /// <summary>Whether changes are announced at this moment.</summary>
    internal bool IsHeard => isHeard;

    /// <summary>How many changes of installs were heard of since the start.</summary>
    internal long Changes => Interlocked.Read(ref epoch);

    /// <summary>The install; null when the tenant has none.</summary>
    public ValueTask<Install?> GetAsync(InstallKey key, CancellationToken cancellationToken)
    {
        known.TryGetValue(key, out var last);
        if (last is not null && time.GetElapsedTime(last.ReadAt) < (isHeard ? HeardLifetime : UnheardLifetime)) return ValueTask.FromResult(last.Install);
        return ReadAsync(key, last, cancellationToken);
    }

    /// <summary>Announcements arrive from now on, or no longer; what was missed in between is read again.</summary>
    public void Hear(bool heard)
    {
        isHeard = heard;
        if (heard) MarkAll();
    }

    /// <summary>One install changed: what is known of it is worth nothing from now on.</summary>
    public void Forget(Guid tenantId, string extensionId, Guid installId)
    {
        Interlocked.Increment(ref epoch);
        known.TryRemove(new InstallKey(tenantId, extensionId), out _);
        known.TryRemove(new InstallKey(tenantId, installId.ToString("D")), out _);
    }

    private void MarkAll()
    {
        // Not forgotten: while the database is away again, they are all there is.
        foreach (var (key, last) in known) known.TryUpdate(key, last with { ReadAt = last.ReadAt - (long)(HeardLifetime.TotalSeconds * time.TimestampFrequency) }, last);
    }

    private async ValueTask<Install?> ReadAsync(InstallKey key, Known? last, CancellationToken cancellationToken)
    {
        if (last is null || time.GetElapsedTime(last.ReadAt) > MaxAge) return (await LoadAsync(key).WaitAsync(cancellationToken)).Install;
        if (Volatile.Read(ref failedAt) is var failed and not 0 && time.GetElapsedTime(failed) < RetryPause) return last.Install;
        var load = LoadAsync(key);
        try
        {
            return (await load.WaitAsync(Patience, time, cancellationToken)).Install;
        }
        catch (Exception exception) when (exception is TimeoutException || DatabaseFaults.IsOutage(exception))
        {
            Volatile.Write(ref failedAt, time.GetTimestamp());
            Log.InstallsFromMemory(logger, key.TenantId, exception);
            return last.Install;
        }
    }

    /// <summary>All who ask at the same time wait for one query; it goes on when one of them leaves.</summary>
    private Task<Known> LoadAsync(InstallKey key) => reading.GetOrAdd(key, asked => new Lazy<Task<Known>>(() => QueryAsync(asked))).Value;

    private async Task<Known> QueryAsync(InstallKey key)
    {
        try
        {
            var before = Interlocked.Read(ref epoch);
            var readAt = time.GetTimestamp();
            var read = new Known(await source.FindAsync(key.TenantId, key.NameOrId, CancellationToken.None), readAt, before);
            Volatile.Write(ref failedAt, 0);
            if (known.Count >= Capacity) known.Clear();
            // Something changed while this was read, perhaps this: it serves who waits for it and nobody after.
            if (Interlocked.Read(ref epoch) == before) known[key] = read;
            if (Interlocked.Read(ref epoch) != before) known.TryRemove(KeyValuePair.Create(key, read));
            return read;
        }
        finally
        {
            reading.TryRemove(key, out _);
        }
    }
}

/// <summary>An install as a caller names it.</summary>
/// <param name="TenantId">The caller's tenant.</param>
/// <param name="NameOrId">An extension's name or an install's id.</param>
internal readonly record struct InstallKey(Guid TenantId, string NameOrId);
