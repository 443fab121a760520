using Alga.Extensions.Contracts;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Limit;

/// <summary>
/// This gateway's share of a token bucket that all gateways fill from: a lease of several requests, counted down without
/// the database. While the database is away the bucket is kept here alone, at its full rate, and months are not counted:
/// for that time N gateways let through up to N times the rate, and nobody is locked out.
/// </summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody takes holds nothing to dispose of.
internal sealed class RequestBucket(QuotaScope scope, QuotaStore store, TimeProvider time, ILogger logger)
#pragma warning restore CA1001
{
    /// <summary>How long a lease is good for. What is left of it then goes back.</summary>
    public static readonly TimeSpan LeaseLifetime = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim renewing = new(1, 1);
    private Lease lease = new(0, 0, null, DateOnly.MinValue, 0, TimeSpan.Zero);
    private long storeFailedAt;
    private bool storeDown;

    /// <summary>Requests that were granted together. <see cref="Pause"/> is for a lease of none: until then nobody asks again.</summary>
    private sealed class Lease(int granted, int remaining, long? monthlyLeft, DateOnly month, long takenAt, TimeSpan pause)
    {
        public int Left = granted;

        public int Remaining => remaining;

        public long? MonthlyLeft => monthlyLeft;

        public DateOnly Month => month;

        public long TakenAt => takenAt;

        public TimeSpan Pause => pause;
    }

    /// <summary>Requests that this gateway knows to be left.</summary>
    public int Remaining => Math.Max(0, Volatile.Read(ref lease.Left)) + lease.Remaining;

    /// <summary>Counts one request, or says why not.</summary>
    public async ValueTask<LimitRefusal?> TakeAsync(QuotaLimits limits, CancellationToken cancellationToken)
    {
        if (TryTake()) return null;
        await renewing.WaitAsync(cancellationToken);
        try
        {
            if (TryTake()) return null;
            if (time.GetElapsedTime(lease.TakenAt) >= lease.Pause) await RenewAsync(limits);
            return TryTake() ? null : Refuse(limits);
        }
        finally
        {
            renewing.Release();
        }
    }

    /// <summary>Takes back a request that was counted and then not made.</summary>
    public void PutBack() => Interlocked.Increment(ref lease.Left);

    private bool TryTake()
    {
        var current = lease;
        if (time.GetElapsedTime(current.TakenAt) >= LeaseLifetime) return false;
        return Volatile.Read(ref current.Left) > 0 && Interlocked.Decrement(ref current.Left) >= 0;
    }

    private async Task RenewAsync(QuotaLimits limits)
    {
        var wanted = (int)Math.Clamp(Math.Ceiling(limits.Rate / 10), 1, Math.Max(1, limits.BucketSize / 4));
        var unused = Math.Max(0, Interlocked.Exchange(ref lease.Left, 0));
        var grant = await AskAsync(limits, wanted, unused);
        var pause = grant.Granted > 0 ? TimeSpan.Zero
            : grant.MonthlyLeft == 0 ? BetweenAttempts
            : TimeSpan.FromSeconds(Math.Clamp(1 / limits.Rate, 0.01, LongestPause.TotalSeconds));
        lease = new Lease(grant.Granted, grant.Remaining, grant.MonthlyLeft, grant.Month, time.GetTimestamp(), pause);
    }

    private async Task<RequestGrant> AskAsync(QuotaLimits limits, int wanted, int unused)
    {
        if (storeDown && time.GetElapsedTime(storeFailedAt) < BetweenAttempts) return Alone(limits, wanted, unused);
        try
        {
            var grant = await store.TakeRequestsAsync(scope, limits, wanted, unused, lease.Month);
            storeDown = false;
            return grant;
        }
        catch (Exception exception) when (DatabaseFaults.IsOutage(exception))
        {
            if (!storeDown) Log.QuotaStoreDown(logger, scope.TenantId, scope.Name, exception);
            storeDown = true;
            storeFailedAt = time.GetTimestamp();
            return Alone(limits, wanted, unused);
        }
    }

    /// <summary>The same arithmetic as in the database, on what this gateway knows.</summary>
    private RequestGrant Alone(QuotaLimits limits, int wanted, int unused)
    {
        var since = lease.TakenAt == 0 ? limits.BucketSize : time.GetElapsedTime(lease.TakenAt).TotalSeconds * limits.Rate;
        var tokens = (int)Math.Min(limits.BucketSize, lease.Remaining + unused + since);
        var granted = Math.Min(wanted, tokens);
        return new RequestGrant(granted, tokens - granted, null, lease.Month);
    }

    private LimitRefusal Refuse(QuotaLimits limits)
    {
        if (lease.MonthlyLeft == 0)
        {
            return new LimitRefusal(new Refusal(ErrorCode.QuotaExceeded, Text($"all {limits.MonthlyInvocations} requests of this month")), QuotaMonth.LeftOf(time.GetUtcNow()));
        }

        return new LimitRefusal(new Refusal(ErrorCode.RateLimited, Text(FormattableString.Invariant($"{limits.RequestsPerSecond} requests a second"))), TimeSpan.FromSeconds(Math.Max(1, 1 / limits.Rate)));
    }

    private string Text(string limit) => scope.IsWholeTenant
        ? $"Your organisation used {limit} of its plan; slow down, or ask for a larger plan."
        : $"This extension used {limit} that your organisation's plan gives it; slow down, or ask for a larger plan.";
}
