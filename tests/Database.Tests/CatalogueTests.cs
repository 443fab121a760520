using Alga.Extensions.Testing;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Database.Tests;

/// <summary>Walks the real catalogue: a table that is added without its protection fails here, whatever it is called.</summary>
public sealed class CatalogueTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Every_table_with_a_tenant_is_protected()
    {
        await using var connection = await OpenAsync();

        Assert.Empty(await IsolationCatalogue.FindFaultsAsync(connection, CancellationToken.None));
        Assert.Contains("tenant_extension_install", await TenantTablesAsync(connection));
    }

    [Fact]
    public async Task The_tenant_leads_every_unique_key_of_a_table_with_a_tenant()
    {
        await using var connection = await OpenAsync();

        var others = await connection.QueryAsync<string>(
            """
            select i.indexrelid::regclass::text
            from pg_index i
            join pg_attribute t on t.attrelid = i.indrelid and t.attname = 'tenant_id' and not t.attisdropped
            join pg_class c on c.oid = i.indrelid and c.relkind in ('r', 'p')
            join pg_namespace n on n.oid = c.relnamespace and n.nspname not in ('pg_catalog', 'information_schema')
            where i.indisunique and i.indkey[0] <> t.attnum
            """);

        Assert.Empty(others);
    }

    [Fact]
    public async Task The_tenant_leads_every_foreign_key_between_tables_with_a_tenant()
    {
        await using var connection = await OpenAsync();

        var others = await connection.QueryAsync<string>(
            """
            select f.conrelid::regclass::text || ': ' || f.conname
            from pg_constraint f
            join pg_attribute t on t.attrelid = f.conrelid and t.attname = 'tenant_id' and not t.attisdropped
            join pg_attribute r on r.attrelid = f.confrelid and r.attname = 'tenant_id' and not r.attisdropped
            where f.contype = 'f' and (f.conkey[1] <> t.attnum or f.confkey[1] <> r.attnum)
            """);

        Assert.Empty(others);
    }

    [Theory]
    [InlineData("create table leak (tenant_id uuid)", "row-level security is not enabled")]
    [InlineData("create table leak (tenant_id uuid); alter table leak enable row level security", "is not forced")]
    [InlineData("create table leak (tenant_id uuid); alter table leak enable row level security; alter table leak force row level security", "no policy for all commands")]
    [InlineData(Protected + "; create policy tenant on leak for select using (tenant_id = current_tenant())", "no policy for all commands")]
    [InlineData(Protected + "; create policy tenant on leak using (tenant_id = current_tenant())", "no policy for all commands")]
    [InlineData(Protected + "; create policy tenant on leak using (tenant_id = current_tenant() or true) with check (tenant_id = current_tenant())", "lets more through")]
    [InlineData(Protected + "; create policy tenant on leak using (tenant_id = current_tenant()) with check (true)", "lets more through")]
    [InlineData(Protected + "; " + Sound + "; create policy extra on leak for select using (true)", "lets more through")]
    [InlineData(Protected + "; " + Sound + "; create view leak_view as select tenant_id from leak", "security_invoker")]
    [InlineData("create materialized view leak as select tenant_id from audit_log", "materialized view")]
    [InlineData("create schema other; create table other.leak (tenant_id uuid)", "other.leak: row-level security is not enabled")]
    [InlineData(Partitioned, "leak_one: row-level security is not enabled")]
    [InlineData("create function leak() returns int language sql security definer as 'select 1'", "security definer")]
    public async Task A_way_past_row_level_security_is_found(string script, string fault)
    {
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(script, transaction: transaction);

        Assert.Contains(
            await IsolationCatalogue.FindFaultsAsync(connection, CancellationToken.None),
            found => found.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_protected_table_with_a_sound_view_is_no_fault()
    {
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            $"{Protected}; {Sound}; create view leak_view with (security_invoker = true) as select tenant_id from leak", transaction: transaction);

        Assert.Empty(await IsolationCatalogue.FindFaultsAsync(connection, CancellationToken.None));
    }

    private const string Protected =
        "create table leak (tenant_id uuid); alter table leak enable row level security; alter table leak force row level security";

    private const string Sound = "create policy tenant on leak using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())";

    private const string Partitioned =
        """
        create table leak (tenant_id uuid) partition by hash (tenant_id);
        create table leak_one partition of leak for values with (modulus 1, remainder 0);
        alter table leak enable row level security; alter table leak force row level security;
        """ + Sound;

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection((await postgres.CreateDatabaseAsync()).Owner);
        await connection.OpenAsync();
        return connection;
    }

    private static Task<IEnumerable<string>> TenantTablesAsync(NpgsqlConnection connection) => connection.QueryAsync<string>(
        "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' where c.relkind in ('r', 'p')");
}
