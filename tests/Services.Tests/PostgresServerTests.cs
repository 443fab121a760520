using Alga.Extensions.Testing;
using Npgsql;

namespace Alga.Extensions.Services.Tests;

public sealed class PostgresServerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_migrated_database_lets_each_application_login_in_with_its_own_rights()
    {
        var database = await postgres.CreateDatabaseAsync();

        Assert.Equal("alga_registry_login", await ScalarAsync(database.Registry, "select current_user::text"));
        Assert.Equal("alga_gateway_login", await ScalarAsync(database.Gateway, "select current_user::text"));
        Assert.Equal("0", await ScalarAsync(database.Runner, "select count(*)::text from extension_storage_entry"));
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(database.Runner, "select count(*)::text from publisher"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        var wrong = new NpgsqlConnectionStringBuilder(postgres.AdminConnectionString) { Password = "guess" };

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(wrong.ConnectionString, "select 'in'"));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    private static async Task<string?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (string?)await command.ExecuteScalarAsync();
    }
}
