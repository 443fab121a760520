using System.Collections.Concurrent;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// Values that were read of late. One is used for a minute; it is remembered for five, so that it is still taken out of
/// logs when an extension holds on to a value that was replaced meanwhile. Keys begin with tenant and install.
/// </summary>
internal sealed class SecretCache(TimeProvider time)
{
    /// <summary>How long a value is used, and so how late a new value, a deletion or the loss of the vault may show.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<(Guid Tenant, Guid Install), ConcurrentDictionary<string, Entry>> installs = new();
    private int count;

    /// <summary>A value that may be used; null when there is none, or it is too old.</summary>
    public InstallSecret? Find(Guid tenantId, Guid installId, string name) =>
        installs.TryGetValue((tenantId, installId), out var secrets) && secrets.TryGetValue(name, out var entry) && time.GetElapsedTime(entry.ReadAt) < MaxAge
            ? entry.Secret
            : null;

    public void Put(Guid tenantId, Guid installId, string name, InstallSecret secret)
    {
        if (Interlocked.Increment(ref count) > Capacity) DropOld();
        installs.GetOrAdd((tenantId, installId), static _ => new(StringComparer.Ordinal))[name] = new Entry(secret, time.GetTimestamp());
    }

    /// <summary>Forgets a value, because it is gone.</summary>
    public void Remove(Guid tenantId, Guid installId, string name)
    {
        if (installs.TryGetValue((tenantId, installId), out var secrets)) secrets.TryRemove(name, out _);
    }

    /// <summary>Every value of an install that this process knows.</summary>
    public IEnumerable<string> Remember(Guid tenantId, Guid installId) => installs.TryGetValue((tenantId, installId), out var secrets)
        ? secrets.Values.Where(entry => time.GetElapsedTime(entry.ReadAt) < Remembered).Select(entry => entry.Secret.Value)
        : [];

    private void DropOld()
    {
        var left = 0;
        foreach (var (install, secrets) in installs)
        {
            foreach (var (name, entry) in secrets)
            {
                if (time.GetElapsedTime(entry.ReadAt) >= Remembered) secrets.TryRemove(KeyValuePair.Create(name, entry));
            }

            if (secrets.IsEmpty) installs.TryRemove(KeyValuePair.Create(install, secrets));
            left += secrets.Count;
        }

        // Still too many within minutes: read them again rather than grow.
        if (left >= Capacity)
        {
            installs.Clear();
            left = 0;
        }

        Interlocked.Exchange(ref count, left);
    }

    private sealed record Entry(InstallSecret Secret, long ReadAt);
}
