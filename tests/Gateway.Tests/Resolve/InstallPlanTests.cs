using System.Text.Json;
using Alga.Extensions.Gateway.Resolve;
using Alga.Extensions.Testing;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests.Resolve;

/// <summary>The query behind each call to an extension reads a handful of pages, however many installs there are.</summary>
public sealed class InstallPlanTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const int Extensions = 100;

    private static readonly Guid Tenant = new("00000000-0000-7000-8000-000000000001");

    [Fact]
    public async Task The_plan_is_index_based_and_flat_from_ten_to_a_hundred_thousand_installs()
    {
        var few = await postgres.CreateDatabaseAsync();
        var many = await postgres.CreateDatabaseAsync();
        await LoadAsync(few.Owner, installs: 10);
        await LoadAsync(many.Owner, installs: 100_000);

        foreach (var (sql, key) in new (string, object)[] { (InstallQuery.ByName, "com.acme.ext1"), (InstallQuery.ById, InstallId(1)) })
        {
            var small = await ExplainAsync(few.Gateway, sql, key);
            var large = await ExplainAsync(many.Gateway, sql, key);

            Assert.DoesNotContain(large.Nodes, node => node.StartsWith("Seq Scan", StringComparison.Ordinal));
            Assert.Contains(large.Nodes, node => node.StartsWith("Index", StringComparison.Ordinal) && node.EndsWith("tenant_extension_install", StringComparison.Ordinal));
            Assert.Equal((1, 1), (small.Rows, large.Rows));

            // Pages, not time: each of the four indexes is at most three pages deep, and each finds one row.
            Assert.InRange(large.Pages, 1, 16);
            Assert.InRange(large.Pages, 1, small.Pages + 12);
        }
    }

    [Fact]
    public async Task Another_tenants_install_is_not_found_by_its_id()
    {
        var database = await postgres.CreateDatabaseAsync();
        await LoadAsync(database.Owner, installs: 200);
        await using var source = NpgsqlDataSource.Create(database.Gateway);
        var query = new InstallQuery(source);

        Assert.NotNull(await query.FindAsync(Tenant, InstallId(1).ToString(), CancellationToken.None));
        Assert.Null(await query.FindAsync(Tenant, InstallId(101).ToString(), CancellationToken.None));
        Assert.Null(await query.FindAsync(Guid.CreateVersion7(), "com.acme.ext1", CancellationToken.None));
    }

    [Fact]
    public async Task What_an_admin_wants_recorded_is_read_with_the_install_and_nothing_else_is_recorded()
    {
        var database = await postgres.CreateDatabaseAsync();
        await LoadAsync(database.Owner, installs: 3);
        await using (var owner = new NpgsqlConnection(database.Owner))
        {
            await owner.ExecuteAsync("update tenant_extension_install set recording_mode = 'on-error', recording_days = 2 where install_id = @id", new { id = InstallId(1) });
            await owner.ExecuteAsync("update tenant_extension_install set recording_mode = 'sampled', recording_percent = 10 where install_id = @id", new { id = InstallId(2) });
        }

        await using var source = NpgsqlDataSource.Create(database.Gateway);
        var query = new InstallQuery(source);

        Assert.Null((await query.FindAsync(Tenant, "com.acme.ext0", CancellationToken.None))!.Recording);
        var failing = (await query.FindAsync(Tenant, "com.acme.ext1", CancellationToken.None))!;
        Assert.Equal(new RecordingPolicy(null, 2), failing.Recording);
        Assert.Equal(failing.Recording, failing.Candidate!.Install.Recording);
        Assert.Equal(new RecordingPolicy(10, 7), (await query.FindAsync(Tenant, "com.acme.ext2", CancellationToken.None))!.Recording);
    }

    private static Guid InstallId(int number) => Guid.Parse($"00000000-0000-7000-9000-{number:x12}");

    /// <summary>A hundred extensions with twenty versions each, and installs of all of them in as many tenants as it takes; every tenth has a rollout.</summary>
    private static async Task LoadAsync(string owner, int installs)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        await connection.ExecuteAsync(
            """
            insert into publisher (publisher_id, display_name, created_at) values ('com.acme', 'Acme', now());
            insert into extension_registry (extension_id, publisher_id, display_name, created_at)
              select 'com.acme.ext' || n, 'com.acme', 'Test', now() from generate_series(0, @Extensions - 1) n;
            insert into extension_bundle (content_hash, size_bytes, created_at) values ('sha256:' || repeat('a', 64), 1, now());
            insert into extension_version (version_id, extension_id, version, content_hash, manifest, published_by, published_at)
              select ('00000000-0000-7000-a' || lpad(to_hex(v), 3, '0') || '-' || lpad(to_hex(n), 12, '0'))::uuid, 'com.acme.ext' || n, '1.' || v || '.0', 'sha256:' || repeat('a', 64), '{}', 'test', now()
              from generate_series(0, @Extensions - 1) n, generate_series(0, 19) v;
            insert into tenant_extension_install (tenant_id, install_id, extension_id, version_id, status, granted_capabilities, granted_egress,
              candidate_version_id, candidate_percent, installed_by, installed_at, updated_at)
              select ('00000000-0000-7000-8000-' || lpad(to_hex(n / @Extensions + 1), 12, '0'))::uuid,
                     ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, 'com.acme.ext' || n % @Extensions,
                     ('00000000-0000-7000-a000-' || lpad(to_hex(n % @Extensions), 12, '0'))::uuid, 'enabled', '{storage.kv}', '{}',
                     case when n % 10 = 1 then ('00000000-0000-7000-a001-' || lpad(to_hex(n % @Extensions), 12, '0'))::uuid end,
                     case when n % 10 = 1 then 50 end, 'test', now(), now()
              from generate_series(0, @installs - 1) n;
            insert into tenant_extension_install_config (tenant_id, install_id, config, updated_at)
              select tenant_id, install_id, '{}', now() from tenant_extension_install;
            analyze;
            """,
            new { Extensions, installs },
            commandTimeout: 300);
    }

    private static async Task<(IReadOnlyList<string> Nodes, int Pages, int Rows)> ExplainAsync(string gateway, string sql, object key)
    {
        await using var connection = new NpgsqlConnection(gateway);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("select set_config('app.tenant_id', @tenant, true)", new { tenant = Tenant.ToString() }, transaction);
        var (nodes, pages, rows) = (new List<string>(), 0, 0);

        // Twice: the first run also reads the catalogue.
        for (var run = 0; run < 2; run++)
        {
            await using var command = new NpgsqlCommand("explain (analyze, buffers, format json) " + sql, connection, transaction) { CommandTimeout = 60 };
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Tenant });
            command.Parameters.Add(new NpgsqlParameter { Value = key });
            var plan = JsonElement.Parse((string)(await command.ExecuteScalarAsync())!)[0].GetProperty("Plan");
            nodes = [.. Walk(plan)];
            pages = plan.GetProperty("Shared Hit Blocks").GetInt32() + plan.GetProperty("Shared Read Blocks").GetInt32();
            rows = (int)plan.GetProperty("Actual Rows").GetDouble();
        }

        return (nodes, pages, rows);
    }

    private static IEnumerable<string> Walk(JsonElement plan)
    {
        if (plan.TryGetProperty("Relation Name", out var relation)) yield return $"{plan.GetProperty("Node Type").GetString()} on {relation.GetString()}";
        if (!plan.TryGetProperty("Plans", out var children)) yield break;
        foreach (var child in children.EnumerateArray())
        {
            foreach (var node in Walk(child)) yield return node;
        }
    }
}
