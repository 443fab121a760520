using Alga.Extensions.Services;
using Alga.Extensions.Testing;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Database.Tests;

/// <summary>What the catalogue's migration does to what was there, run by an owner who is no superuser.</summary>
public sealed class CatalogMigrationTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Before =
        """
        insert into publisher (publisher_id, display_name, created_at) values ('acme', 'acme', now());
        insert into extension_registry (extension_id, publisher_id, display_name, created_at) values
          ('com.acme.old', 'acme', 'Old', now()), ('com.acme.new', 'acme', 'New', now()), ('com.acme.empty', 'acme', 'Empty', now());
        insert into extension_bundle (content_hash, size_bytes, created_at) values ('sha256:' || repeat('0', 64), 1, now());
        insert into extension_version (version_id, extension_id, version, content_hash, manifest, published_by, published_at)
        select gen_random_uuid(), name, version, 'sha256:' || repeat('0', 64), '{"displayName":"\u0000"}', 'dev', now()
        from (values ('com.acme.old', '1.9.0'), ('com.acme.old', '1.10.0'), ('com.acme.old', '2.0.0-rc.1'), ('com.acme.old', '1.10.0-rc.1'), ('com.acme.new', '0.1.0-alpha')) v (name, version);
        select set_config('app.tenant_id', '00000000-0000-0000-0000-000000000000', false);
        insert into audit_log (tenant_id, audit_id, at, actor, action, target, request_id)
        select '00000000-0000-0000-0000-000000000000', gen_random_uuid(), now(), 'dev', 'a', target, gen_random_uuid()
        from unnest(array['com.acme.old', 'com.acme.old@1.9.0', 'something else']) target;
        select set_config('app.tenant_id', '01936b2e-0000-7000-8000-00000000ac3e', false);
        insert into audit_log (tenant_id, audit_id, at, actor, action, target, request_id)
        values ('01936b2e-0000-7000-8000-00000000ac3e', gen_random_uuid(), now(), 'ada', 'install.create', 'com.acme.old', gen_random_uuid());
        """;

    [Fact]
    public async Task What_was_published_and_logged_before_is_ordered_and_attributed()
    {
        await using var connection = await MigrateAsync();

        Assert.Equal(
            [("com.acme.empty", null, null), ("com.acme.new", null, "0.1.0-alpha"), ("com.acme.old", "1.10.0", "2.0.0-rc.1")],
            await connection.QueryAsync<(string, string?, string?)>("select extension_id, latest_version, latest_prerelease from extension_registry order by 1"));
        await connection.ExecuteAsync("select set_config('app.tenant_id', '00000000-0000-0000-0000-000000000000', false)");
        Assert.Equal(
            [("com.acme.old", "acme"), ("com.acme.old@1.9.0", "acme"), ("something else", null)],
            await connection.QueryAsync<(string, string?)>("select target, publisher_id from audit_log order by target"));
        await connection.ExecuteAsync("select set_config('app.tenant_id', '01936b2e-0000-7000-8000-00000000ac3e', false)");
        Assert.Null(await connection.QuerySingleAsync<string?>("select publisher_id from audit_log"));
    }

    [Fact]
    public async Task A_search_can_be_answered_from_the_index()
    {
        await using var connection = await MigrateAsync();
        await connection.ExecuteAsync(
            """
            insert into extension_registry (extension_id, publisher_id, display_name, created_at)
            select 'com.acme.n' || number, 'acme', 'Number ' || number, now() from generate_series(1, 20000) number;
            analyze extension_registry;
            -- So few rows are read faster as they lie.
            set enable_seqscan = off;
            """);

        var plan = string.Join('\n', await connection.QueryAsync<string>("explain select extension_id from extension_registry where search @@ search_query(array['n777'])"));

        Assert.True(plan.Contains("extension_registry_search", StringComparison.Ordinal), plan);
        Assert.Equal(11, await connection.ExecuteScalarAsync<int>("select count(*) from extension_registry where search @@ search_query(array['n777'])"));
    }

    [Fact]
    public async Task A_page_of_versions_is_a_range_of_an_index()
    {
        await using var connection = await MigrateAsync();
        await connection.ExecuteAsync(
            """
            insert into extension_version (version_id, extension_id, version, content_hash, manifest, published_by, published_at)
            select gen_random_uuid(), 'com.acme.empty', '1.0.' || number, 'sha256:' || repeat('0', 64), '{}', 'dev', now() from generate_series(1, 5000) number;
            analyze extension_version;
            """);

        var plan = string.Join('\n', await connection.QueryAsync<string>(
            """
            explain select version from extension_version
            where extension_id = 'com.acme.empty' and (sort_key, version collate "C") < (semver_sort_key('1.0.2500'), '1.0.2500')
            order by sort_key desc, version collate "C" desc limit 51
            """));

        Assert.Contains("extension_version_order", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort ", plan, StringComparison.Ordinal);
    }

    private async Task<NpgsqlConnection> MigrateAsync()
    {
        var database = await postgres.CreateDatabaseAsync(migrated: false);
        var owner = "owner_" + database.Name;
        await using (var admin = new NpgsqlConnection(database.Owner))
        {
            await admin.ExecuteAsync($"create role {owner} login createrole password 'p'; alter database {database.Name} owner to {owner}");
        }

        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Owner) { Username = owner, Password = "p", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        var scripts = Directory.GetFiles(Path.Combine(RepositoryRoot.Find(), "shared", "Database", "Migrations"), "*.sql").Order(StringComparer.Ordinal).ToList();
        var own = scripts.FindIndex(script => script.EndsWith("0010_catalog.sql", StringComparison.Ordinal));
        foreach (var script in scripts.Take(own)) await connection.ExecuteAsync(await File.ReadAllTextAsync(script));
        await connection.ExecuteAsync(Before);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(await File.ReadAllTextAsync(scripts[own]), transaction: transaction);
        await transaction.CommitAsync();
        return connection;
    }
}
