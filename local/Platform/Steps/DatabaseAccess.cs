using Alga.Extensions.Database;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Services;
using Npgsql;

namespace Alga.Extensions.Platform.Steps;

/// <summary>The database with this version's schema, and a login with a generated password for each component.</summary>
internal sealed class DatabaseAccess
{
    private const string DatabaseName = "alga_extensions";
    private static readonly string[] Roles = [ApplicationRole.Registry, ApplicationRole.Gateway, ApplicationRole.Runner];

    private readonly string adminConnectionString;
    private readonly StateFolder state;

    private DatabaseAccess(string adminConnectionString, StateFolder state)
    {
        this.adminConnectionString = adminConnectionString;
        this.state = state;
    }

    /// <summary>Uses an administrator's connection to a database that exists.</summary>
    public static DatabaseAccess ForExisting(string databaseUrl, StateFolder state)
    {
        try
        {
            return new DatabaseAccess(DatabaseUrl.Parse(databaseUrl), state);
        }
        catch (FormatException exception)
        {
            throw new ServiceException($"DATABASE_URL: {exception.Message}", exception);
        }
    }

    /// <summary>Makes the platform's database on its own server where it is missing.</summary>
    public static async Task<DatabaseAccess> CreateAsync(string serverConnectionString, StateFolder state, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(serverConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection);
        exists.Parameters.Add(new NpgsqlParameter<string> { TypedValue = DatabaseName });
        if (await exists.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            await using var create = new NpgsqlCommand($"create database {DatabaseName}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        return new DatabaseAccess(new NpgsqlConnectionStringBuilder(serverConnectionString) { Database = DatabaseName }.ConnectionString, state);
    }

    /// <summary>Applies migrations and makes the logins.</summary>
    /// <returns>Number of migrations that were missing.</returns>
    public async Task<int> PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            var applied = Migrator.Apply(adminConnectionString);
            await using var connection = new NpgsqlConnection(adminConnectionString);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            foreach (var role in Roles)
            {
                await ApplicationLogins.EnsureAsync(connection, LoginOf(role), Password(role), role, cancellationToken).ConfigureAwait(false);
            }

            return applied.Count;
        }
        catch (NpgsqlException exception)
        {
            var target = new NpgsqlConnectionStringBuilder(adminConnectionString);
            throw new ServiceException($"The database {target.Database} at {target.Host}:{target.Port} cannot be prepared: {exception.Message}", exception);
        }
    }

    /// <summary>Connection string of the administrator, who owns everything in it.</summary>
    public string Owner => adminConnectionString;

    /// <summary>Connection string of a component's login.</summary>
    /// <param name="role">The component's role.</param>
    /// <param name="port">Port of something on this machine that stands in between; null for the server's own address.</param>
    public string For(string role, int? port = null)
    {
        var builder = new NpgsqlConnectionStringBuilder(adminConnectionString) { Username = LoginOf(role), Password = Password(role) };
        if (port is { } between) (builder.Host, builder.Port) = ("127.0.0.1", between);
        return builder.ConnectionString;
    }

    private static string LoginOf(string role) => role + "_login";

    private string Password(string role) => SecretFile.ReadOrCreate(state.Password(LoginOf(role)));
}
