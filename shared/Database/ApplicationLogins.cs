using Dapper;
using Npgsql;

namespace Alga.Extensions.Database;

/// <summary>Group role of a component: what it may do in the database is granted to the group.</summary>
public static class ApplicationRole
{
    public const string Registry = "alga_registry";
    public const string Gateway = "alga_gateway";
    public const string Runner = "alga_runner";

    /// <summary>Runs <see cref="ExecutionLogPartitions"/> and nothing else.</summary>
    public const string Maintenance = "alga_maintenance";
}

/// <summary>Makes the logins that components connect with, where no managed identity does it: development and tests.</summary>
public static class ApplicationLogins
{
    private const long LockKey = 0x616c6761_6c6f6769;

    /// <summary>Makes the login or gives it the new password, and puts it into the group role. Safe to repeat.</summary>
    /// <param name="admin">A connection of somebody who may create roles.</param>
    /// <param name="login">Name of the login, such as <c>alga_gateway_login</c>.</param>
    /// <param name="password">Its password.</param>
    /// <param name="role">A name of <see cref="ApplicationRole"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task EnsureAsync(
        NpgsqlConnection admin, string login, string password, string role, CancellationToken cancellationToken)
    {
        await using var transaction = await admin.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        // Two at once would collide in the catalogue; the lock lasts until the commit.
        await RunAsync("select pg_advisory_xact_lock(@LockKey)", new { LockKey }).ConfigureAwait(false);
        // Such statements take no parameters, so the server quotes the names and the password.
        var statements = await admin.QueryAsync<string>(new CommandDefinition(
            """
            select format('create role %I', @login) where not exists (select from pg_roles where rolname = @login)
            union all
            select format('alter role %I login nosuperuser nobypassrls nocreatedb nocreaterole inherit password %L', @login, @password)
            union all
            select format('grant %I to %I', @role, @login)
            """,
            new { login, password, role },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        foreach (var statement in statements) await RunAsync(statement, null).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);

        Task RunAsync(string sql, object? parameters) =>
            admin.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
    }
}
