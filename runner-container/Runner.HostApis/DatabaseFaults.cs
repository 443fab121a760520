using Npgsql;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Which exceptions mean that the database cannot serve now. All others are faults of ours and travel on.</summary>
internal static class DatabaseFaults
{
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        // Out of time, told to stop, or short of something: the classes 53 (resources), 57 (operator) and 40 (rolled back).
        PostgresException postgres => postgres.SqlState is ['5', '3' or '7', ..] or ['4', '0', ..] or ['0', '8', ..] || postgres.IsTransient,
        NpgsqlException or TimeoutException or OperationCanceledException => true,
        _ => false,
    };
}
