using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Testing;
using Npgsql;

namespace Alga.Extensions.Runner.HostApis.Tests;

/// <summary>A migrated database with two extensions, reached with the runner's login through a single connection.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    public const string OtherExtension = "com.alga.samples.other";

    private readonly PostgresFixture postgres = new();

    public TestDatabase Database { get; private set; } = null!;

    /// <summary>A pool of one connection: what a call leaves behind on it would show in the next.</summary>
    public NpgsqlDataSource Source { get; private set; } = null!;

    internal StoragePurge Purge { get; } = new(TimeProvider.System);

    internal LogLines Lines { get; } = new();

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        Database = await postgres.CreateDatabaseAsync();
        Source = DatabaseServiceCollectionExtensions.CreateDataSource(Database.Runner + ";Maximum Pool Size=1");
        await ExecuteAsOwnerAsync(
            $"""
            insert into publisher values ('alga-samples', 'Samples', now());
            insert into extension_registry (extension_id, publisher_id, display_name, created_at)
            values ('{Invocation.Extension}', 'alga-samples', 'Hello', now()), ('{OtherExtension}', 'alga-samples', 'Other', now());
            """);
    }

    public async Task DisposeAsync()
    {
        await Source.DisposeAsync();
        await postgres.DisposeAsync();
    }

    public async Task ExecuteAsOwnerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    internal StorageCalls Calls(Guid? tenant = null, string extension = Invocation.Extension, int timeoutMs = 20_000, NpgsqlDataSource? source = null)
    {
        var context = Invocation.Context(tenant, extension, Capability.StorageKv);
        return new StorageCalls(context, new StorageSession(source ?? Source, context.TenantId, Invocation.Deadline(timeoutMs)), Purge, Lines);
    }
}
