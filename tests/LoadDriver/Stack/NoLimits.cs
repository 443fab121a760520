using Dapper;
using Npgsql;

namespace Alga.Extensions.LoadDriver.Stack;

/// <summary>Gives the default plan so much room that what is measured is the platform, not its limits. They stay switched on.</summary>
internal static class NoLimits
{
    public static async Task SetAsync(int portBase, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(await PlatformDatabase.ConnectionAsync(portBase, null, cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update quota_plan set
              tenant_requests_per_second = 1000000, tenant_burst = 1000000, tenant_concurrency = 10000,
              extension_requests_per_second = 1000000, extension_burst = 1000000, extension_concurrency = 10000
            """,
            cancellationToken: cancellationToken));
    }
}
