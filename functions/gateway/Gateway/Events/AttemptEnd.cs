using System.Collections.Immutable;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Gateway.Events;

/// <summary>How an attempt of a delivery ended.</summary>
/// <param name="Status">What the delivery is from now on, a value of its column.</param>
/// <param name="RequestId">The request to the runner: its execution record has the same.</param>
/// <param name="HttpStatus">The guest's answer; null when there was none.</param>
/// <param name="Code">Wire name of why there was none; null when there was an answer.</param>
/// <param name="IsFailure">Whether it counts towards giving up.</param>
/// <param name="Delay">Time until the next attempt.</param>
internal sealed record AttemptEnd(string Status, Guid RequestId, int? HttpStatus, string? Code, bool IsFailure, TimeSpan Delay)
{
    /// <summary>Whether the tenant's limits held it back, so that its end moves on.</summary>
    public bool IsOverQuota { get; init; }

    /// <summary>Whether the delivery is given up.</summary>
    public bool IsDead => Status == Dead;

    private const string Pending = "pending";
    private const string Delivered = "delivered";
    private const string Dead = "dead";
    private const string Dropped = "dropped";

    /// <summary>All values of <see cref="Status"/>.</summary>
    public static readonly ImmutableArray<string> Statuses = [Pending, Delivered, Dead, Dropped];

    /// <summary>The version that the install runs by now does not want it.</summary>
    public static AttemptEnd NotWanted(Guid requestId) => new(Dropped, requestId, null, null, IsFailure: false, TimeSpan.Zero);

    /// <summary>The guest answered: 2xx is a delivery, anything else a failure.</summary>
    public static AttemptEnd Answered(Delivery delivery, Guid requestId, int status) => status is >= 200 and < 300
        ? new AttemptEnd(Delivered, requestId, status, null, IsFailure: false, TimeSpan.Zero)
        : Failed(delivery, requestId, status, null);

    /// <summary>No guest answered.</summary>
    public static AttemptEnd Refused(Delivery delivery, Guid requestId, ErrorCode code)
    {
        var name = ErrorTable.Describe(code).Name;
        return DeliveryRules.IsExtensionsDoing(code)
            ? Failed(delivery, requestId, null, name)
            : new AttemptEnd(Pending, requestId, null, name, IsFailure: false, DeliveryRules.Delay(delivery.DeliveryId, delivery.Failures, delivery.Attempts, isFailure: false)) { IsOverQuota = DeliveryRules.IsOverQuota(code) };
    }

    private static AttemptEnd Failed(Delivery delivery, Guid requestId, int? status, string? code)
    {
        var failures = delivery.Failures + 1;
        return new AttemptEnd(
            failures < DeliveryRules.MaxFailures ? Pending : Dead, requestId, status, code, IsFailure: true,
            DeliveryRules.Delay(delivery.DeliveryId, failures, delivery.Attempts, isFailure: true));
    }
}
