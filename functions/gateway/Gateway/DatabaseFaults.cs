using Alga.Extensions.Contracts;
using Alga.Extensions.HttpEdge;
using Npgsql;

namespace Alga.Extensions.Gateway;

/// <summary>Tells an outage of the database from a fault of ours.</summary>
internal static class DatabaseFaults
{
    /// <summary>What every route answers while the database is away and it needs something that is not in memory.</summary>
    public static readonly Outage Outage = new(
        "the database", IsOutage, new Refusal(ErrorCode.Overloaded, "The platform's database does not answer now. Try again shortly."));

    public static bool IsOutage(Exception exception) => exception is TimeoutException or NpgsqlException { IsTransient: true } || exception is NpgsqlException and not PostgresException;
}
