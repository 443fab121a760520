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

    [LoggerMessage(2004, LogLevel.Warning, "An install of tenant {TenantId} serves as it was last read: the database does not answer.")]
    public static partial void InstallsFromMemory(ILogger logger, Guid tenantId, Exception exception);

    [LoggerMessage(2005, LogLevel.Warning, "Changes of installs cannot be heard; they are read again every second until they can.")]
    public static partial void NotListening(ILogger logger, Exception exception);

    [LoggerMessage(2006, LogLevel.Error, "A notice on {Channel} has a form that this version does not know.")]
    public static partial void StrangeNotice(ILogger logger, string channel);

    [LoggerMessage(2008, LogLevel.Warning, "The outcome of a request of tenant {TenantId} with an Idempotency-Key could not be kept: the database does not answer.")]
    public static partial void OutcomeNotKept(ILogger logger, Guid tenantId, Exception exception);

    [LoggerMessage(2009, LogLevel.Warning, "What runners have written cannot be heard; live tails look by themselves until it can.")]
    public static partial void TailNotListening(ILogger logger, Exception exception);

    [LoggerMessage(2010, LogLevel.Warning, "The live tail of request {RequestId} ends early: the database does not answer.")]
    public static partial void TailEnded(ILogger logger, Guid requestId, Exception exception);
}
