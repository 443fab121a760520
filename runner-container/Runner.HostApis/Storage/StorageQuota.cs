using Alga.Extensions.Runner.Engine;
using Npgsql;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>The quota of a tenant and extension, which the database keeps and judges (migration 0018).</summary>
internal static class StorageQuota
{
    private const string TooManyKeys = "AQ001";
    private const string TooManyBytes = "AQ002";

    public static bool IsExceeded(PostgresException exception) => exception.SqlState is TooManyKeys or TooManyBytes;

    /// <summary>The error for the guest, with the limit.</summary>
    public static HostError<StorageErrorKind> Describe(PostgresException exception) => new(
        StorageErrorKind.QuotaExceeded,
        exception.SqlState == TooManyKeys
            ? $"This would be more than the {exception.MessageText} keys that this extension may store for a tenant. Delete some, or let them expire with ttl-seconds."
            : $"This would be more than the {exception.MessageText} bytes of keys and values that this extension may store for a tenant. Delete some, or let them expire with ttl-seconds.");
}
