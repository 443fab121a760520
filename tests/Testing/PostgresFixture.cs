using System.Globalization;
using Alga.Extensions.Database;
using Alga.Extensions.Services;
using Alga.Extensions.Services.Postgres;
using Npgsql;

namespace Alga.Extensions.Testing;

/// <summary>
/// A real PostgreSQL for tests. The server is started once in each test process, whatever the number of fixtures, and ends with
/// the process; each database is a test's own. Use it as <c>IClassFixture&lt;PostgresFixture&gt;</c>.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private static readonly SharedServer<PostgresServer> Shared = new("postgres", async folder =>
    {
        var server = new PostgresServer(new PostgresOptions
        {
            RepositoryRoot = RepositoryRoot.Find(),
            StateFolder = folder,
            LogFile = Path.Combine(folder, "postgres.log"),
            Port = LoopbackPort.PickFree(),
            Durable = false,
        });
        await server.StartAsync(CancellationToken.None).ConfigureAwait(false);
        return server;
    });

    private static int counter;

    /// <summary>Connection string of the superuser, for the database <c>postgres</c>.</summary>
    public string AdminConnectionString { get; private set; } = "";

    public async Task InitializeAsync() => AdminConnectionString = (await Shared.GetAsync().ConfigureAwait(false)).AdminConnectionString;

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Makes an empty database.</summary>
    /// <param name="migrated">Whether it gets this version's schema, and the application logins their rights.</param>
    public async Task<TestDatabase> CreateDatabaseAsync(bool migrated = true)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref counter)}");
        await using var admin = new NpgsqlConnection(AdminConnectionString);
        await admin.OpenAsync().ConfigureAwait(false);
        await using (var create = new NpgsqlCommand($"create database {name}", admin)) await create.ExecuteNonQueryAsync().ConfigureAwait(false);

        var database = new TestDatabase(AdminConnectionString, name);
        if (!migrated) return database;
        Migrator.Apply(database.Owner);
        foreach (var role in TestDatabase.Roles)
        {
            await ApplicationLogins.EnsureAsync(admin, TestDatabase.LoginOf(role), TestDatabase.Password, role, CancellationToken.None).ConfigureAwait(false);
        }

        return database;
    }
}
