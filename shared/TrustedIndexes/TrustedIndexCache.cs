using System.Collections.Concurrent;
using Alga.Extensions.Contracts;
using Alga.Extensions.Signing;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.TrustedIndexes;

/// <summary>
/// Says whether a version may run, from its extension's signed index: verified, not expired, never older than one seen before, and
/// confirmed by its source within a bounded age. In memory; only the first question about an extension waits for its source, and
/// what changes comes by <see cref="IndexWatcher"/>. Holds as many indexes as extensions were asked for in this process.
/// </summary>
public sealed class TrustedIndexCache(IIndexSource source, HighestSeen highest, TrustedIndexOptions options, TimeProvider time, ILogger<TrustedIndexCache> logger)
{
    /// <summary>How often, at most, the source is asked again for an index that is missing or does not help.</summary>
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, Slot> slots = new(StringComparer.Ordinal);

    /// <summary>Extensions whose index is held.</summary>
    public IReadOnlyCollection<string> Held => [.. slots.Where(slot => slot.Value.Index is not null).Select(slot => slot.Key)];

    /// <summary>What speaks against running a version with a bundle; null when nothing does.</summary>
    public ValueTask<Refusal?> FindFaultAsync(string extension, string version, ContentHash hash, CancellationToken cancellationToken)
    {
        var slot = slots.GetOrAdd(extension, static _ => new Slot());
        return slot.Index is { } held && FindUseFault(slot, held) is null && held.Lists(version, hash)
            ? new ValueTask<Refusal?>(held.FindFault(version, hash))
            : FindFaultSlowlyAsync(extension, slot, version, hash, cancellationToken);
    }

    /// <summary>The index that says so, for its keys.</summary>
    public async ValueTask<Outcome<HeldIndex>> GetAsync(string extension, CancellationToken cancellationToken)
    {
        var slot = slots.GetOrAdd(extension, static _ => new Slot());
        if (slot.Index is { } held && FindUseFault(slot, held) is null) return held;
        await LoadAsync(extension, slot, static _ => true, cancellationToken);
        if (slot.Index is { } loaded) return FindUseFault(slot, loaded) is { } fault ? fault : loaded;
        return slot.Problem ?? NoIndex;
    }

    /// <summary>Reads the index of an extension anew, where it is held: something was announced.</summary>
    public Task RefreshAsync(string extension, CancellationToken cancellationToken) =>
        slots.TryGetValue(extension, out var slot) ? LoadAsync(extension, slot, null, cancellationToken) : Task.CompletedTask;

    /// <summary>Asks the source for the numbers of all that is held: the same confirms, a higher one is fetched, a lower one is an attack.</summary>
    /// <exception cref="IndexSourceException">The source does not answer.</exception>
    public async Task PollAsync(CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        var names = Held;
        if (names.Count == 0) return;
        var numbers = await source.ReadNumbersAsync(names, cancellationToken);
        foreach (var name in names)
        {
            var slot = slots[name];
            if (slot.Index is not { } held) continue;
            if (!numbers.TryGetValue(name, out var number) || number < held.Number) Log.RolledBack(logger, name, number, held.Number);
            else if (number == held.Number) slot.Confirm(asked);
            else await LoadAsync(name, slot, null, cancellationToken);
        }
    }

    private static Refusal NoIndex { get; } = new(ErrorCode.BundleUnavailable, "The registry has no signed index of this extension. Publish the version again.");

    private static Refusal Unreadable { get; } = new(ErrorCode.BundleUnavailable, "The registry's signed index of this extension cannot be read now. Try again later.");

    private static Refusal Expired { get; } = new(ErrorCode.BundleUnavailable, "The registry's signed index of this extension has expired. The platform's operator must have it signed again.");

    private static Refusal Stale { get; } = new(
        ErrorCode.BundleUnavailable, "Whether this version was revoked could not be confirmed for too long, so it is not run. The platform's operator must look into the database.");

    private async ValueTask<Refusal?> FindFaultSlowlyAsync(string extension, Slot slot, string version, ContentHash hash, CancellationToken cancellationToken)
    {
        await LoadAsync(extension, slot, held => held.Lists(version, hash), cancellationToken);
        if (slot.Index is { } held) return FindUseFault(slot, held) ?? held.FindFault(version, hash);
        return slot.Problem ?? (options.IsRequired ? NoIndex : null);
    }

    private Refusal? FindUseFault(Slot slot, HeldIndex held)
    {
        if (time.GetUtcNow() >= held.ExpiresAt) return Expired;
        return time.GetElapsedTime(slot.ConfirmedAt) > options.MaxAge ? Stale : null;
    }

    /// <summary>
    /// One load at a time for an extension, and a pause between two. Who comes while one is under way waits for it, and asks the source
    /// only when it does not help: it may have read what was there before, such as without the version that was published since.
    /// </summary>
    /// <param name="extension">Its name.</param>
    /// <param name="slot">Where its index is held.</param>
    /// <param name="helps">Whether an index answers the question; null after an announcement, which asks in any case.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async Task LoadAsync(string extension, Slot slot, Func<HeldIndex, bool>? helps, CancellationToken cancellationToken)
    {
        var before = slot.Begun;
        await slot.Gate.WaitAsync(cancellationToken);
        try
        {
            if (helps is not null && slot.Index is { } held && FindUseFault(slot, held) is null && helps(held)) return;
            if (helps is not null && slot.Begun > before) return;
            if (helps is not null && slot.Begun > 0 && BetweenAttempts - time.GetElapsedTime(slot.AttemptedAt) is { Ticks: > 0 } pause) await Task.Delay(pause, time, cancellationToken);
            var asked = time.GetTimestamp();
            slot.Begin();
            try
            {
                Take(extension, slot, await source.ReadAsync(extension, cancellationToken), asked);
            }
            catch (IndexSourceException exception)
            {
                Log.SourceUnavailable(logger, extension, exception);
                slot.Problem = Unreadable;
            }

            slot.AttemptedAt = asked;
        }
        finally
        {
            slot.Gate.Release();
        }
    }

    private void Take(string extension, Slot slot, byte[]? envelope, long asked)
    {
        var before = slot.Index ?? slot.Mark ?? (slot.Mark = highest.Find(extension));
        if (envelope is null)
        {
            if (before is not null) Log.RolledBack(logger, extension, 0, before.Number);
            slot.Problem = before is null ? null : NoIndex;
            return;
        }

        if (!RegistryVerifier.VerifyIndex(envelope, options.Trust, options.Registry, extension, time.GetUtcNow()).TryGet(out var verified, out var refusal))
        {
            Log.IndexRefused(logger, extension, refusal.Message);
            slot.Problem = refusal;
            return;
        }

        var index = new HeldIndex(verified, envelope);
        if (before is not null && (index.Number < before.Number || (index.Number == before.Number && !index.IsSame(before))))
        {
            Log.RolledBack(logger, extension, index.Number, before.Number);
            slot.Problem = new Refusal(ErrorCode.SignatureInvalid, "The registry's signed index of this extension is older than one that was seen before. The platform's operator must look into it.");
            return;
        }

        if (before is null || index.Number > before.Number) highest.Keep(extension, envelope);
        slot.Accept(index, asked);
    }

    private sealed class Slot
    {
        private volatile HeldIndex? index;
        private long confirmedAt;
        private int begun;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public HeldIndex? Index => index;

        /// <summary>What was remembered from before this process; it bars what is older and says nothing else.</summary>
        public HeldIndex? Mark { get; set; }

        /// <summary>When the source last said that the index is the newest.</summary>
        public long ConfirmedAt => Volatile.Read(ref confirmedAt);

        /// <summary>How many loads have begun; written by the one who holds the gate.</summary>
        public int Begun => Volatile.Read(ref begun);

        /// <summary>When the last one began; for the one who holds the gate.</summary>
        public long AttemptedAt { get; set; }

        /// <summary>Why the last attempt gave nothing better; null when there was simply nothing.</summary>
        public Refusal? Problem { get; set; }

        public void Begin() => Volatile.Write(ref begun, begun + 1);

        public void Confirm(long at) => Volatile.Write(ref confirmedAt, at);

        public void Accept(HeldIndex newest, long at)
        {
            // Confirmed first: who sees the new index must not see it with the old one's age.
            Confirm(at);
            index = newest;
            Mark = null;
            Problem = null;
        }
    }
}
