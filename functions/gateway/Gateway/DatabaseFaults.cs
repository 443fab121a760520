using Npgsql;

namespace Alga.Extensions.Gateway;

/// <summary>Tells an outage of the database from a fault of ours.</summary>
internal static class DatabaseFaults
{
    public static bool IsOutage(Exception exception) => exception is TimeoutException or NpgsqlException { IsTransient: true } || exception is NpgsqlException and not PostgresException;
}
