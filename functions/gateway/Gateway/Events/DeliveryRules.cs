using Alga.Extensions.Contracts;

namespace Alga.Extensions.Gateway.Events;

/// <summary>How often and how long a delivery is tried.</summary>
internal static class DeliveryRules
{
    /// <summary>Failures of the extension's own doing after which a delivery is dead.</summary>
    public const int MaxFailures = 8;

    /// <summary>How long an event is kept with its deliveries, dead ones too; as long a second one with its id is a duplicate.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(14);

    /// <summary>Deliveries of one tenant that one dispatcher has under way at the same time.</summary>
    public const int TenantConcurrency = 8;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestAfterFailure = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestAfterFault = TimeSpan.FromMinutes(5);

    /// <summary>Whether a refusal is the extension's own doing; all others are the platform's, or nobody's, and do not count.</summary>
    public static bool IsExtensionsDoing(ErrorCode code) => code is
        ErrorCode.Timeout or ErrorCode.GuestTrap or ErrorCode.MemoryLimit or ErrorCode.FuelExhausted or ErrorCode.InvalidResponse
        or ErrorCode.CapabilityDenied or ErrorCode.EndpointNotFound or ErrorCode.BodyTooLarge;

    /// <summary>Whether the tenant's own limits hold a delivery back: such a wait does not bring its end nearer.</summary>
    public static bool IsOverQuota(ErrorCode code) => code is ErrorCode.RateLimited or ErrorCode.QuotaExceeded;

    /// <summary>Time until the next attempt: after a failure it triples each time up to an hour, after a fault it doubles up to five minutes.</summary>
    /// <param name="deliveryId">Spreads deliveries that failed together: between one and one and a half times the delay.</param>
    /// <param name="failures">Failures so far; 0 when none was the extension's doing.</param>
    /// <param name="attempts">Attempts so far, at least 1.</param>
    /// <param name="isFailure">Whether this one was the extension's doing.</param>
    public static TimeSpan Delay(Guid deliveryId, int failures, int attempts, bool isFailure)
    {
        var delay = isFailure
            ? Grow(3, failures - 1, LongestAfterFailure)
            : Grow(2, attempts - 1, LongestAfterFault);
        // The last byte of a UUIDv7 is random.
        return delay * (1 + (deliveryId.ToByteArray()[^1] / 512.0));
    }

    private static TimeSpan Grow(int factor, int steps, TimeSpan longest)
    {
        var seconds = First.TotalSeconds * Math.Pow(factor, Math.Clamp(steps, 0, 20));
        return seconds < longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : longest;
    }
}
