using Alga.Extensions.Contracts;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Limit;

/// <summary>
/// Requests of one scope that run in this gateway. It holds slots in the database, somewhat more than it uses, and asks
/// there only when it needs more or its hold grows old. While the database is away the whole limit counts here alone.
/// </summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody takes holds nothing to dispose of.
internal sealed class ConcurrencyGate(QuotaScope scope, Guid gatewayId, QuotaStore store, TimeProvider time, ILogger logger)
#pragma warning restore CA1001
{
    /// <summary>
    /// After that, slots of a gateway that is gone are free again. Short, since gateways that are killed one after another would
    /// otherwise lock their successor out; a request that runs longer while no other comes may be counted out too early.
    /// </summary>
    public static readonly TimeSpan HoldLifetime = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenRefusals = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim asking = new(1, 1);
    private Hold hold = new(0, 0, TimeSpan.Zero, WasShort: false);
    private int running;
    private int peak;

    /// <param name="Slots">How many are held.</param>
    /// <param name="At">Timestamp of the answer.</param>
    /// <param name="GoodFor">How long it need not be asked again.</param>
    /// <param name="WasShort">Whether more was wanted than the others left.</param>
    private sealed record Hold(int Slots, long At, TimeSpan GoodFor, bool WasShort);

    /// <summary>Counts a request in; whoever gets null back calls <see cref="Leave"/> when it ends.</summary>
    public async ValueTask<LimitRefusal?> EnterAsync(int limit, CancellationToken cancellationToken)
    {
        var now = Interlocked.Increment(ref running);
        if (now > peak) peak = now;
        try
        {
            if (now <= hold.Slots && IsFresh(hold)) return null;
            await asking.WaitAsync(cancellationToken);
            try
            {
                if (!IsFresh(hold) || (now > hold.Slots && hold.Slots < limit && !hold.WasShort)) hold = await AskAsync(limit);
            }
            finally
            {
                asking.Release();
            }

            if (now <= hold.Slots) return null;
        }
        catch
        {
            Leave();
            throw;
        }

        Leave();
        return new LimitRefusal(new Refusal(ErrorCode.RateLimited, Text(limit)), TimeSpan.FromSeconds(1));
    }

    /// <summary>Counts a request out.</summary>
    public void Leave() => Interlocked.Decrement(ref running);

    private bool IsFresh(Hold current) => time.GetElapsedTime(current.At) < current.GoodFor;

    private async Task<Hold> AskAsync(int limit)
    {
        var busiest = Math.Max(Volatile.Read(ref running), peak);
        var wanted = Math.Min(limit, busiest + Math.Max(1, busiest / 2));
        peak = 0;
        try
        {
            var slots = await store.HoldSlotsAsync(scope, gatewayId, limit, wanted, HoldLifetime);
            return new Hold(slots, time.GetTimestamp(), slots < wanted ? BetweenRefusals : RenewAfter, slots < wanted);
        }
        catch (Exception exception) when (DatabaseFaults.IsOutage(exception))
        {
            Log.QuotaStoreDown(logger, scope.TenantId, scope.Name, exception);
            return new Hold(limit, time.GetTimestamp(), BetweenAttempts, WasShort: true);
        }
    }

    private string Text(int limit) => scope.IsWholeTenant
        ? $"Your organisation has {limit} requests running, as many as its plan allows; wait for one to end, or ask for a larger plan."
        : $"This extension has {limit} requests running, as many as your organisation's plan gives it; wait for one to end, or ask for a larger plan.";
}
