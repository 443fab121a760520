using Dapper;
using Npgsql;

namespace Alga.Extensions.Database;

/// <summary>
/// Reads the database's catalogue for every way past row-level security that a table, view or function can open.
/// There is no list of exceptions: whatever has a <c>tenant_id</c> column is judged.
/// </summary>
public static class IsolationCatalogue
{
    /// <summary>The one expression that a tenant policy may have, as PostgreSQL writes it back.</summary>
    private const string TenantExpression = "(tenant_id = current_tenant())";

    /// <summary>Gives one sentence for each fault, none for a sound database.</summary>
    public static async Task<IReadOnlyList<string>> FindFaultsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var faults = await connection.QueryAsync<string>(new CommandDefinition(
            """
            with tenant_relation as (
              select c.oid, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, format('%I.%I', n.nspname, c.relname) as name
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
              where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema')
            ),
            tenant_policy as (
              select t.name, p.polname, p.polpermissive, p.polcmd, p.polrelid,
                     pg_get_expr(p.polqual, p.polrelid) as using_text, pg_get_expr(p.polwithcheck, p.polrelid) as check_text
              from tenant_relation t join pg_policy p on p.polrelid = t.oid
            )
            select name || ': row-level security is not enabled' from tenant_relation where relkind in ('r', 'p') and not relrowsecurity
            union all
            select name || ': row-level security is not forced' from tenant_relation where relkind in ('r', 'p') and not relforcerowsecurity
            union all
            select name || ': no policy for all commands has both USING and WITH CHECK' from tenant_relation t
            where relkind in ('r', 'p') and not exists (
              select from tenant_policy p
              where p.polrelid = t.oid and p.polcmd = '*' and p.polpermissive and p.using_text is not null and p.check_text is not null)
            union all
            select name || ': policy ' || polname || ' lets more through than the tenant''s own rows' from tenant_policy
            where polpermissive and (using_text is distinct from @expression or check_text is distinct from @expression)
            union all
            select name || ': a view over tenant rows must be security_invoker' from tenant_relation
            where relkind = 'v' and not coalesce('security_invoker=true' = any (reloptions), false)
            union all
            select name || ': a materialized view or foreign table cannot have row-level security' from tenant_relation where relkind in ('m', 'f')
            union all
            select format('%I.%I: a security definer function acts with its owner''s rights', n.nspname, f.proname)
            from pg_proc f join pg_namespace n on n.oid = f.pronamespace
            where f.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')
            order by 1
            """,
            new { expression = TenantExpression },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return faults.AsList();
    }
}
