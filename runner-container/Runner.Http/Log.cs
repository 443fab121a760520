using Alga.Extensions.Contracts;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>Log lines of the runner. Event ids 3000-3099; never reuse one.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Error, "A host call failed for request {RequestId}, tenant {TenantId}, extension {ExtensionId}, install {InstallId}")]
    public static partial void HostCallFailed(ILogger logger, Guid requestId, Guid tenantId, string extensionId, Guid installId, Exception exception);

    [LoggerMessage(3001, LogLevel.Information, "Stopped: {Code} for request {RequestId}, tenant {TenantId}, extension {ExtensionId}, install {InstallId}")]
    public static partial void GuestStopped(ILogger logger, ErrorCode code, Guid requestId, Guid tenantId, string extensionId, Guid installId);

    [LoggerMessage(3002, LogLevel.Information, "Loaded {ContentHash} ({Source}, {WasmBytes} bytes, {GuestClass}) in {Milliseconds} ms")]
    public static partial void Loaded(ILogger logger, ContentHash contentHash, string source, int wasmBytes, string guestClass, long milliseconds);

    [LoggerMessage(3003, LogLevel.Warning, "Cannot load {ContentHash}: {Reason}")]
    public static partial void NotLoaded(ILogger logger, ContentHash contentHash, string reason);

    [LoggerMessage(3004, LogLevel.Warning, "The bundle store does not serve {ContentHash}")]
    public static partial void StoreUnavailable(ILogger logger, ContentHash contentHash, Exception exception);

    [LoggerMessage(3005, LogLevel.Warning, "Dropped {File} from the cache of compiled components: its MAC does not match or it cannot be used here")]
    public static partial void CacheEntryDropped(ILogger logger, string file);

    [LoggerMessage(3006, LogLevel.Warning, "The cache of compiled components is out of order; going on without it")]
    public static partial void CacheUnusable(ILogger logger, Exception exception);

    [LoggerMessage(3007, LogLevel.Warning, "Not told of new installs for now: the database connection failed")]
    public static partial void ListeningFailed(ILogger logger, Exception exception);

    [LoggerMessage(3008, LogLevel.Warning, "Loading {ContentHash} ahead of its first request failed")]
    public static partial void PreloadFailed(ILogger logger, ContentHash contentHash, Exception exception);

    [LoggerMessage(3009, LogLevel.Warning, "Not ready yet: {Dependency} does not answer")]
    public static partial void DependencyMissing(ILogger logger, string dependency, Exception exception);

    [LoggerMessage(3010, LogLevel.Information, "Ready")]
    public static partial void Ready(ILogger logger);

    [LoggerMessage(3011, LogLevel.Information, "Draining: finishing what runs, taking nothing new")]
    public static partial void Draining(ILogger logger);

    [LoggerMessage(3012, LogLevel.Information, "Execution {ExecutionId} of install {InstallId} leaves no recording: it is too large with {Bytes} bytes or more, or could not be kept")]
    public static partial void NotRecorded(ILogger logger, Guid executionId, Guid installId, long bytes, Exception? fault);
}
