using System.Collections.Concurrent;

namespace Alga.Extensions.Chaos;

/// <summary>What happened, in the order in which it was seen, and whether it was allowed to.</summary>
internal sealed class Journal(TimeProvider time)
{
    /// <summary>How long after a revocation's answer a request may still begin at the revoked version: what <c>alga-ext revoke</c> promises.</summary>
    public static readonly TimeSpan RevocationBound = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<Call> calls = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> revoked = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> violations = new();
    private long acknowledged;
    private long executedAgain;
    private long replayed;
    private long lastSuccess;

    public IReadOnlyCollection<Call> Calls => calls;

    public IReadOnlyCollection<string> Violations => violations;

    /// <summary>Operations whose answer arrived.</summary>
    public long Acknowledged => Interlocked.Read(ref acknowledged);

    /// <summary>Operations that ran once more after the platform had lost their outcome, and found themselves counted.</summary>
    public long ExecutedAgain => Interlocked.Read(ref executedAgain);

    /// <summary>Answers that the platform repeated by their key.</summary>
    public long Replayed => Interlocked.Read(ref replayed);

    /// <summary>The longest time after a revocation at which a request began that the revoked version answered.</summary>
    public TimeSpan LongestRevocation { get; private set; }

    /// <summary>Start of the latest request that succeeded.</summary>
    public DateTimeOffset LastSuccess => new(Interlocked.Read(ref lastSuccess), TimeSpan.Zero);

    /// <summary>A request was answered, or was not.</summary>
    public void Add(Call call)
    {
        calls.Enqueue(call);
        if (!call.IsSuccess) return;
        Interlocked.Exchange(ref lastSuccess, call.Started.UtcTicks);
        if (call.Version is not { } version || !revoked.TryGetValue(version, out var at)) return;
        var late = call.Started - at;
        if (late > LongestRevocation) LongestRevocation = late;
        if (late > RevocationBound) Violate($"{version} answered {late.TotalSeconds:0} s after it was revoked");
    }

    /// <summary>An operation was acknowledged.</summary>
    /// <param name="again">Whether it had been counted before.</param>
    /// <param name="isReplay">Whether the platform repeated an answer.</param>
    public void Acknowledge(bool again, bool isReplay)
    {
        Interlocked.Increment(ref acknowledged);
        if (isReplay) Interlocked.Increment(ref replayed);
        else if (again) Interlocked.Increment(ref executedAgain);
    }

    /// <summary>The registry said that a version is revoked.</summary>
    public void Revoke(string version) => revoked[version] = time.GetUtcNow();

    /// <summary>Something happened that never may.</summary>
    public void Violate(string what) => violations.Enqueue(what);
}

/// <summary>One request of the load.</summary>
/// <param name="Started">When it was sent.</param>
/// <param name="Reason">Why there was no success, such as an error's code; null when the extension answered.</param>
/// <param name="Version">The version that did; null when none did, or when the answer does not say.</param>
internal sealed record Call(DateTimeOffset Started, string? Reason, string? Version)
{
    public bool IsSuccess => Reason is null;
}
