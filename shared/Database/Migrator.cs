using System.Reflection;
using DbUp;
using DbUp.Engine;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Alga.Extensions.Database;

/// <summary>
/// Brings a database to this version's schema: the embedded scripts in the order of their names, each in its own transaction,
/// recorded in <c>schema_migration</c>; then the days of the execution log. Run it twice and the second run does nothing; run it from two processes and one waits.
/// </summary>
public static class Migrator
{
    // Any constant will do as long as it never changes: two versions of this program must take the same lock.
    private const long LockKey = 0x616c6761_6d696772;

    /// <summary>Applies what is missing and gives the names of the scripts that were run.</summary>
    /// <param name="adminConnectionString">
    /// Login of the tables' owner, as an Npgsql connection string (<see cref="DatabaseUrl.Parse"/>); it may create roles.
    /// </param>
    /// <param name="logger">Receives one line for each script.</param>
    /// <exception cref="MigrationException">A script failed; it left nothing behind, and the scripts before it stay applied.</exception>
    public static IReadOnlyList<string> Apply(string adminConnectionString, ILogger? logger = null)
    {
        // Held by a session, not by a transaction, because the scripts run on connections of their own. The session is
        // not pooled: it ends here, and the lock with it, whatever happens in between.
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(adminConnectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        using var acquire = new NpgsqlCommand("select pg_advisory_lock($1)", connection) { CommandTimeout = 0 };
        acquire.Parameters.Add(new NpgsqlParameter<long> { TypedValue = LockKey });
        acquire.ExecuteNonQuery();
        var result = Run(adminConnectionString, logger ?? NullLogger.Instance);
        if (!result.Successful) throw new MigrationException(result.ErrorScript?.Name ?? "the journal", result.Error);
        ExecutionLogPartitions.Maintain(connection);
        return [.. result.Scripts.Select(script => script.Name)];
    }

    private static DatabaseUpgradeResult Run(string connectionString, ILogger logger) =>
        DeployChanges.To
            .PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => name.EndsWith(".sql", StringComparison.Ordinal))
            .JournalToPostgresqlTable("public", "schema_migration")
            .WithTransactionPerScript()
            // $name$ is a dollar quote here, never a variable of the migration tool.
            .WithVariablesDisabled()
            .LogTo(new MigrationLog(logger))
            .Build()
            .PerformUpgrade();
}

/// <summary>A migration script failed.</summary>
public sealed class MigrationException(string script, Exception inner)
    : Exception($"Migration {script} failed: {inner.Message}", inner);
