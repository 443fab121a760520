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

    /// <summary>Limits what runs at the same time, and waits until the gateway has read it.</summary>
    public static async Task SetRunningAsync(int portBase, int extension, int tenant, CancellationToken cancellationToken)
    {
        await using (var connection = new NpgsqlConnection(await PlatformDatabase.ConnectionAsync(portBase, null, cancellationToken)))
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "update quota_plan set tenant_concurrency = @tenant, extension_concurrency = @extension", new { tenant, extension }, cancellationToken: cancellationToken));
        }

        await SettleAsync(cancellationToken);
    }

    /// <summary>Gateways read limits again after 30 s.</summary>
    public static Task SettleAsync(CancellationToken cancellationToken) => Task.Delay(TimeSpan.FromSeconds(31), cancellationToken);
}
