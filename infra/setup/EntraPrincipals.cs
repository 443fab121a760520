using Dapper;
using Npgsql;

namespace Alga.Extensions.Setup;

/// <summary>Makes logins of managed identities, and gives each its group role and no other.</summary>
internal static class EntraPrincipals
{
    /// <summary>Makes those that are missing. Safe to repeat.</summary>
    /// <param name="administrator">
    /// Connection string of an Entra administrator of the server, for the platform's database; logins are made in the
    /// server's own database <c>postgres</c>, since only there are the functions for it.
    /// </param>
    /// <param name="principals">Who gets which role.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task EnsureAsync(string administrator, IReadOnlyList<EntraPrincipal> principals, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(administrator) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        foreach (var principal in principals)
        {
            await RunAsync(
                connection,
                """
                select pgaadauth_create_principal_with_oid(@Name, @ObjectId, 'service', false, false)
                where not exists (select from pg_roles where rolname = @Name)
                """,
                principal,
                cancellationToken).ConfigureAwait(false);
            // Such statements take no parameters, so the server quotes the names.
            var statements = await connection.QueryAsync<string>(new CommandDefinition(
                """
                select format('revoke %I from %I', r.rolname, @Name)
                from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles l on l.oid = m.member
                where l.rolname = @Name and r.rolname like 'alga\_%' and r.rolname <> @Role
                union all
                select format('grant %I to %I', @Role, @Name)
                """,
                new { principal.Name, principal.Role },
                cancellationToken: cancellationToken)).ConfigureAwait(false);
            foreach (var statement in statements) await RunAsync(connection, statement, null, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task<int> RunAsync(NpgsqlConnection connection, string sql, EntraPrincipal? principal, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            sql, principal is null ? null : new { principal.Name, ObjectId = principal.ObjectId.ToString("D") }, cancellationToken: cancellationToken));
}
