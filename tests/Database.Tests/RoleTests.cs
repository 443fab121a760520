using Alga.Extensions.Testing;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Database.Tests;

public sealed class RoleTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(ApplicationRole.Registry)]
    [InlineData(ApplicationRole.Gateway)]
    [InlineData(ApplicationRole.Runner)]
    public async Task A_components_login_passes_the_guard(string role)
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(database.For(role));

        await new RoleGuard(dataSource).CheckAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_superuser_is_refused()
    {
        var faults = await FaultsAsync((await postgres.CreateDatabaseAsync()).Owner);

        Assert.Contains(faults, fault => fault.Contains("superuser", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("alter role {0} bypassrls", "bypass row-level security as guarded_")]
    [InlineData("create role {0}_helper bypassrls; grant {0}_helper to {0}", "_helper")]
    [InlineData("alter table tenant_extension_install owner to {0}", "owns public.tenant_extension_install")]
    [InlineData("create role {0}_owner; alter table audit_log owner to {0}_owner; grant {0}_owner to {0}", "owns public.audit_log")]
    [InlineData("grant create on schema public to {0}", "can create objects")]
    [InlineData("alter table audit_log no force row level security", "audit_log: row-level security is not forced")]
    public async Task A_login_or_schema_that_could_see_past_row_level_security_is_refused(string script, string fault)
    {
        var database = await postgres.CreateDatabaseAsync();
        var login = "guarded_" + database.Name;
        await using var admin = new NpgsqlConnection(database.Owner);
        await admin.OpenAsync();
        await ApplicationLogins.EnsureAsync(admin, login, "p", ApplicationRole.Registry, CancellationToken.None);
        var connectionString = new NpgsqlConnectionStringBuilder(database.Owner) { Username = login, Password = "p" }.ConnectionString;
        await using (var dataSource = NpgsqlDataSource.Create(connectionString)) await new RoleGuard(dataSource).CheckAsync(CancellationToken.None);

        await admin.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, login));

        Assert.Contains(await FaultsAsync(connectionString), found => found.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_without_the_schema_is_refused()
    {
        var database = await postgres.CreateDatabaseAsync(migrated: false);
        await postgres.CreateDatabaseAsync();

        Assert.Contains(await FaultsAsync(database.Gateway), fault => fault.Contains("apply the migrations", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_runner_can_touch_the_storage_read_secrets_indexes_and_lists_of_hosts_add_records_and_recordings_see_whether_anybody_watches_and_read_three_columns_of_the_bundles_and_nothing_else()
    {
        var rights = await RightsAsync(ApplicationRole.Runner);

        Assert.Equal(
            [
                "execution_recording INSERT",
                "execution_recording.execution_id SELECT",
                "execution_recording.tenant_id SELECT",
                "execution_tail_session.extension_id SELECT",
                "execution_tail_session.held_until SELECT",
                "execution_tail_session.tenant_id SELECT",
                "extension_bundle.content_hash SELECT",
                "extension_bundle.created_at SELECT",
                "extension_bundle.last_installed_at SELECT",
                "extension_execution_log INSERT",
                "extension_execution_log.execution_id SELECT",
                "extension_execution_log.tenant_id SELECT",
                "extension_index SELECT",
                "extension_quota_usage INSERT",
                "extension_quota_usage SELECT",
                "extension_quota_usage UPDATE",
                "extension_storage_entry DELETE",
                "extension_storage_entry INSERT",
                "extension_storage_entry SELECT",
                "extension_storage_entry UPDATE",
                "extension_storage_usage SELECT",
                "extension_storage_usage.bytes INSERT",
                "extension_storage_usage.bytes UPDATE",
                "extension_storage_usage.extension_id INSERT",
                "extension_storage_usage.keys INSERT",
                "extension_storage_usage.keys UPDATE",
                "extension_storage_usage.tenant_id INSERT",
                "host_origin_list SELECT",
                "tenant_extension_install_secret SELECT",
            ],
            rights);
    }

    [Fact]
    public async Task The_registry_can_delete_what_an_extension_stored_and_never_read_a_value() => Assert.Equal(
        [
            "extension_storage_entry DELETE",
            "extension_storage_entry.extension_id SELECT",
            "extension_storage_entry.key SELECT",
            "extension_storage_entry.namespace SELECT",
            "extension_storage_entry.tenant_id SELECT",
        ],
        (await RightsAsync(ApplicationRole.Registry)).Where(right => right.StartsWith("extension_storage_entry", StringComparison.Ordinal)));

    [Fact]
    public async Task The_gateway_can_only_read_count_keep_outcomes_deliver_events_and_note_who_watches()
    {
        string[] own = ["quota_bucket", "quota_slot", "extension_idempotency", "host_event", "event_agenda", "extension_event_delivery", "execution_tail_session"];
        var written = (await RightsAsync(ApplicationRole.Gateway)).Where(right => !right.EndsWith(" SELECT", StringComparison.Ordinal) && !own.Any(table => right.StartsWith(table + " ", StringComparison.Ordinal)));

        // An event is never changed, a delivery goes with its event, and of a schedule only when it runs is the gateway's.
        Assert.Equal(["audit_log INSERT", "extension_schedule.last_run_at UPDATE", "extension_schedule.last_skipped_at UPDATE", "extension_schedule.next_run_at UPDATE"], written);
        Assert.DoesNotContain(await RightsAsync(ApplicationRole.Gateway), right => right is "host_event UPDATE" or "extension_event_delivery DELETE" or "audit_log SELECT");
    }

    [Fact]
    public async Task The_registry_hands_deliveries_out_again_and_writes_no_event() =>
        Assert.DoesNotContain(
            await RightsAsync(ApplicationRole.Registry),
            right => right.StartsWith("host_event ", StringComparison.Ordinal) && right != "host_event SELECT"
                || right is "extension_event_delivery INSERT" or "extension_event_delivery DELETE" or "extension_event_delivery.attempt_log UPDATE");

    [Fact]
    public async Task A_published_version_and_an_audit_entry_can_be_changed_by_nobody()
    {
        foreach (var role in new[] { ApplicationRole.Registry, ApplicationRole.Gateway, ApplicationRole.Runner })
        {
            Assert.DoesNotContain(
                await RightsAsync(role),
                right => right is "extension_version UPDATE" or "extension_version DELETE" or "extension_version_acceptance UPDATE" or "extension_version_acceptance DELETE" or "audit_log UPDATE" or "audit_log DELETE");
        }
    }

    [Fact]
    public async Task The_registry_writes_the_value_of_a_secret_and_cannot_read_it()
    {
        var rights = await RightsAsync(ApplicationRole.Registry);

        Assert.Contains("tenant_extension_install_secret INSERT", rights);
        Assert.DoesNotContain(rights, right => right is "tenant_extension_install_secret SELECT" or "tenant_extension_install_secret.sealed_value SELECT");
    }

    private async Task<IReadOnlyList<string>> RightsAsync(string role)
    {
        await using var connection = new NpgsqlConnection((await postgres.CreateDatabaseAsync()).Owner);
        var rights = await connection.QueryAsync<string>(
            """
            with relation as (
              select c.oid, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
            ), privilege as (
              select unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) as name
            )
            select relname || ' ' || p.name as right from relation, privilege p where has_table_privilege(@role, oid, p.name)
            union
            select relname || '.' || a.attname || ' ' || p.name
            from relation, privilege p, pg_attribute a
            where a.attrelid = oid and a.attnum > 0 and not a.attisdropped and p.name in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
              and has_column_privilege(@role, oid, a.attnum, p.name) and not has_table_privilege(@role, oid, p.name)
            order by 1
            """,
            new { role });
        return rights.Order(StringComparer.Ordinal).ToList();
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(string connectionString)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        return (await Assert.ThrowsAsync<UnsafeDatabaseException>(() => new RoleGuard(dataSource).CheckAsync(CancellationToken.None))).Faults;
    }
}
