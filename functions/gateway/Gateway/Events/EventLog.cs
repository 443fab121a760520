using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Events;

/// <summary>Event ids 2200-2219.</summary>
internal static partial class EventLog
{
    [LoggerMessage(2200, LogLevel.Information, "Delivery {DeliveryId} of event {EventId} to install {InstallId} of tenant {TenantId}, attempt {Attempt}, request {RequestId}, is {Status}: {HttpStatus} {Code}")]
    public static partial void Attempted(
        ILogger logger, Guid deliveryId, string eventId, Guid tenantId, Guid installId, int attempt, Guid requestId, string status, int? httpStatus, string? code);

    [LoggerMessage(2201, LogLevel.Warning, "Attempt {Attempt} of delivery {DeliveryId} of tenant {TenantId} took longer than its lease; it may be tried again")]
    public static partial void LeaseLost(ILogger logger, Guid deliveryId, Guid tenantId, int attempt);

    [LoggerMessage(2202, LogLevel.Error, "The dispatcher could not go on and tries again")]
    public static partial void DispatcherFailed(ILogger logger, Exception exception);

    [LoggerMessage(2203, LogLevel.Warning, "Notices of new events cannot be heard; the dispatcher looks every few seconds")]
    public static partial void ListenerFailed(ILogger logger, Exception exception);

    [LoggerMessage(2205, LogLevel.Warning, "The queue for wake-ups does not answer; events are delivered all the same")]
    public static partial void QueueFailed(ILogger logger, Exception exception);

    [LoggerMessage(2204, LogLevel.Error, "Schedule {Schedule} of install {InstallId} of tenant {TenantId} does not run on this system, which cannot read it; it is looked at again in an hour")]
    public static partial void ScheduleUnreadable(ILogger logger, string schedule, Guid installId, Guid tenantId, Exception exception);

    [LoggerMessage(2206, LogLevel.Warning, "{Count} deliveries of tenant {TenantId} waited too long and were given up")]
    public static partial void Expired(ILogger logger, int count, Guid tenantId);
}
