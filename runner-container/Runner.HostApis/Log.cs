using Alga.Extensions.Runner.Engine;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Log lines of the host calls. Event ids 3100-3199; never reuse one.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 3100, Message = "{GuestMessage} {GuestFields} (request {RequestId}, tenant {TenantId}, extension {ExtensionId}, install {InstallId})", EventName = "GuestLog")]
    public static partial void Guest(
        ILogger logger, LogLevel level, string guestMessage, string guestFields, Guid requestId, Guid tenantId, string extensionId, Guid installId);

    [LoggerMessage(3101, LogLevel.Warning, "Storage is unavailable for request {RequestId}, extension {ExtensionId}")]
    public static partial void StorageUnavailable(ILogger logger, Guid requestId, string extensionId, Exception exception);

    [LoggerMessage(3102, LogLevel.Warning, "Secrets are unavailable for request {RequestId}, extension {ExtensionId}")]
    public static partial void SecretsUnavailable(ILogger logger, Guid requestId, string extensionId, Exception exception);

    [LoggerMessage(3103, LogLevel.Information, "Fetch from {Host} failed for request {RequestId}, extension {ExtensionId}: {Kind}")]
    public static partial void FetchFailed(ILogger logger, Guid requestId, string extensionId, string host, HttpErrorKind kind);

    [LoggerMessage(3104, LogLevel.Information, "Denied to request {RequestId}, extension {ExtensionId}: {Reason}")]
    public static partial void Denied(ILogger logger, Guid requestId, string extensionId, string reason);
}
