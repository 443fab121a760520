using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Secrets;

/// <summary>Event ids 1200-1299.</summary>
internal static partial class Log
{
    [LoggerMessage(1200, LogLevel.Warning, "Secret {Name} cannot be fetched anew; its last value stays in use for up to an hour.")]
    public static partial void VaultUnreachable(ILogger logger, string name, Exception exception);

    [LoggerMessage(1201, LogLevel.Warning, "The key of tenant {TenantId} cannot be had from the vault.")]
    public static partial void TenantKeyUnavailable(ILogger logger, Guid tenantId, Exception exception);
}
