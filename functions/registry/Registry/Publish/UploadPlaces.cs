using System.Threading.RateLimiting;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Publish;

/// <summary>
/// How many uploads one registry takes at the same time: each may put a bundle and a component on its disk. One more waits, before its
/// body is read.
/// </summary>
/// <param name="time">Measures the wait.</param>
public sealed class UploadPlaces(TimeProvider time) : IDisposable
{
    /// <summary>Most of one publisher.</summary>
    public const int OfPublisher = 4;

    /// <summary>Most of all publishers together: some 1.6 GB of disk.</summary>
    public const int OfAll = 16;

    /// <summary>Most that wait of one publisher, and four times as many of all.</summary>
    public const int Waiting = 64;

    /// <summary>How long one waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Refusal Full = new(
        ErrorCode.Overloaded, $"The registry takes as many uploads as it can: {OfPublisher} of a publisher and {OfAll} of all at one time. Send this one again when another is done.");

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(publisher => RateLimitPartition.GetConcurrencyLimiter(publisher, _ => Limit(OfPublisher, Waiting))),
        PartitionedRateLimiter.Create<string, bool>(_ => RateLimitPartition.GetConcurrencyLimiter(true, _ => Limit(OfAll, 4 * Waiting))));

    /// <summary>Waits for a place, to be disposed of at the upload's end; <c>overloaded</c> where none comes free.</summary>
    /// <param name="publisher">Name of the publisher.</param>
    /// <param name="aborted">Ends the wait: nobody is there any more.</param>
    public async Task<Outcome<RateLimitLease>> EnterAsync(string publisher, CancellationToken aborted)
    {
        var free = limiter.AttemptAcquire(publisher);
        if (free.IsAcquired) return free;
        free.Dispose();
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, aborted);
        try
        {
            var lease = await limiter.AcquireAsync(publisher, cancellationToken: either.Token).ConfigureAwait(false);
            if (lease.IsAcquired) return lease;
            lease.Dispose();
            return Full;
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return Full;
        }
    }

    public void Dispose() => limiter.Dispose();

    private static ConcurrencyLimiterOptions Limit(int permits, int waiting) =>
        new() { PermitLimit = permits, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
}
