using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway;

/// <summary>Event ids 2000-2099.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "The runner cannot be reached for request {RequestId}.")]
    public static partial void RunnerUnavailable(ILogger logger, Guid requestId, Exception exception);

    [LoggerMessage(2001, LogLevel.Error, "The runner refused request {RequestId} with status {Status} in a way that is not for the caller.")]
    public static partial void RunnerRefused(ILogger logger, Guid requestId, int status);

    [LoggerMessage(2002, LogLevel.Information, "Request {RequestId} of tenant {TenantId} to extension {ExtensionId} was refused: {Code}")]
    public static partial void Refused(ILogger logger, Guid requestId, Guid? tenantId, string extensionId, string code);

    [LoggerMessage(2003, LogLevel.Warning, "The limits of tenant {TenantId}, scope {Scope}, are counted by this gateway alone: the database does not answer.")]
    public static partial void QuotaStoreDown(ILogger logger, Guid tenantId, string scope, Exception exception);
}
