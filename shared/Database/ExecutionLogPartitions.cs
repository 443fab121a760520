using Npgsql;

namespace Alga.Extensions.Database;

/// <summary>
/// The days of <c>extension_execution_log</c>: made ahead, dropped when they are old enough. Every run of
/// <see cref="Migrator"/> does it; a deployment that stands longer than <see cref="DaysAhead"/> runs that, or the
/// function below it, once a day.
/// </summary>
public static class ExecutionLogPartitions
{
    /// <summary>Days that are made ahead.</summary>
    public const int DaysAhead = 14;

    /// <summary>Days that are kept when nobody says otherwise.</summary>
    public const int DaysKept = 30;

    /// <summary>Makes and drops days, by the database's clock in UTC. Safe to repeat.</summary>
    /// <param name="connection">Of somebody with the rights of <c>alga_maintenance</c>, or who may take them on.</param>
    /// <param name="daysKept">Days before today that stay, 1 to 3,660.</param>
    public static void Maintain(NpgsqlConnection connection, int daysKept = DaysKept)
    {
        using var transaction = connection.BeginTransaction();
        // What it makes belongs to the maintenance role, whoever runs this.
        using (var role = new NpgsqlCommand("set local role alga_maintenance", connection, transaction)) role.ExecuteNonQuery();
        using (var maintain = new NpgsqlCommand("select maintain_execution_log((now() at time zone 'UTC')::date, $1, $2)", connection, transaction))
        {
            maintain.Parameters.Add(new NpgsqlParameter<int> { TypedValue = DaysAhead });
            maintain.Parameters.Add(new NpgsqlParameter<int> { TypedValue = daysKept });
            maintain.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
