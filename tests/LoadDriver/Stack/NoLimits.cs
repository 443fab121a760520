using Dapper;
using Npgsql;

namespace Alga.Extensions.LoadDriver.Stack;

/// <summary>Gives the default plan so much room that what is measured is the platform, not its limits. They stay switched on.</summary>
internal static class NoLimits
{
    public static async Task SetAsync(int portBase, CancellationToken cancellationToken)
    {
        var password = (await File.ReadAllTextAsync(Path.Combine(Paths.State, "postgres.password"), cancellationToken)).Trim();
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={portBase + 6};Database=alga_extensions;Username=postgres;Password={password}");
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update quota_plan set
              tenant_requests_per_second = 1000000, tenant_burst = 1000000, tenant_concurrency = 10000,
              extension_requests_per_second = 1000000, extension_burst = 1000000, extension_concurrency = 10000
            """,
            cancellationToken: cancellationToken));
    }
}
