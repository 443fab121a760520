using Alga.Extensions.Database;
using Alga.Extensions.Testing;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Runner.Records.Tests;

/// <summary>A database of a test class, with the runner's rights and with its owner's.</summary>
public sealed class RecordDatabase : IAsyncLifetime
{
    private readonly PostgresFixture postgres = new();

    public TestDatabase Database { get; private set; } = null!;

    public NpgsqlDataSource Runner { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        Database = await postgres.CreateDatabaseAsync();
        Runner = DatabaseServiceCollectionExtensions.CreateDataSource(Database.Runner);
    }

    public async Task DisposeAsync() => await Runner.DisposeAsync();

    public async Task<IReadOnlyList<Guid>> IdsAsync(Guid tenant) =>
        await QueryAsync<Guid>("select execution_id from extension_execution_log where tenant_id = @tenant", new { tenant });

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(Database.Owner);
        return (await connection.QueryAsync<T>(sql, parameters)).AsList();
    }

    public Task ExecuteAsync(string sql) => QueryAsync<int>(sql);
}
