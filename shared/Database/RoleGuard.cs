using Dapper;
using Npgsql;

namespace Alga.Extensions.Database;

/// <summary>Refuses to work with a login, or on a schema, that could see past row-level security.</summary>
public sealed class RoleGuard(NpgsqlDataSource dataSource)
{
    /// <summary>Checks the login and the catalogue.</summary>
    /// <exception cref="UnsafeDatabaseException">Something is unsafe; the message lists all of it.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        List<string> faults =
        [
            .. await FindLoginFaultsAsync(connection, cancellationToken).ConfigureAwait(false),
            .. await IsolationCatalogue.FindFaultsAsync(connection, cancellationToken).ConfigureAwait(false),
        ];
        if (faults.Count > 0) throw new UnsafeDatabaseException(faults);
    }

    private static Task<IEnumerable<string>> FindLoginFaultsAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        // "Member" counts roles that the login could switch to, not only those whose rights it has at once.
        connection.QueryAsync<string>(new CommandDefinition(
            """
            select 'login ' || current_user || ' can act as superuser ' || rolname from pg_roles
            where rolsuper and pg_has_role(current_user, oid, 'member')
            union all
            select 'login ' || current_user || ' can bypass row-level security as ' || rolname from pg_roles
            where rolbypassrls and not rolsuper and pg_has_role(current_user, oid, 'member')
            union all
            select 'login ' || current_user || ' owns ' || format('%I.%I', n.nspname, c.relname)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and n.nspname not in ('pg_catalog', 'information_schema')
              and n.nspname not like 'pg\_toast%' and n.nspname not like 'pg\_temp%'
              and pg_has_role(current_user, c.relowner, 'member')
            union all
            select 'login ' || current_user || ' can create objects in schema public'
            where has_schema_privilege(current_user, 'public', 'create')
            union all
            select 'table tenant_extension_install is missing: apply the migrations first'
            where to_regclass('public.tenant_extension_install') is null
            order by 1
            """,
            cancellationToken: cancellationToken));
}

/// <summary>The login or the schema could let one tenant see another's rows.</summary>
public sealed class UnsafeDatabaseException(IReadOnlyList<string> faults)
    : Exception("The database is not safe to use: " + string.Join("; ", faults) + ". Use a login that owns nothing and was only granted alga_registry, alga_gateway or alga_runner.")
{
    /// <summary>One sentence for each fault.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
