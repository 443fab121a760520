using Alga.Extensions.Contracts;
using Npgsql;

namespace Alga.Extensions.Database;

/// <summary>
/// Runs work in a transaction that sees the rows of one tenant. The tenant lives in that transaction only: a connection
/// goes back to the pool without one, whether the work ends well, throws or is cancelled.
/// </summary>
public sealed class TenantDatabase(NpgsqlDataSource dataSource)
{
    /// <summary>
    /// What audit rows that concern no tenant stand under. Never a tenant's id: <see cref="InTenantAsync{T}"/> refuses it.
    /// </summary>
    public static readonly Guid PlatformScope = Guid.Empty;

    /// <summary>Runs work for a tenant and commits when it returns; anything thrown rolls back.</summary>
    /// <exception cref="ArgumentException">The tenant is the nil UUID.</exception>
    public Task<T> InTenantAsync<T>(
        Guid tenantId, Func<NpgsqlConnection, NpgsqlTransaction, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(Tenant(tenantId), work, static _ => true, cancellationToken);

    /// <summary>Runs work for a tenant and commits when it gives a value; a refusal or anything thrown rolls back.</summary>
    /// <exception cref="ArgumentException">The tenant is the nil UUID.</exception>
    public Task<Outcome<T>> TryInTenantAsync<T>(
        Guid tenantId, Func<NpgsqlConnection, NpgsqlTransaction, Task<Outcome<T>>> work, CancellationToken cancellationToken) =>
        RunAsync(Tenant(tenantId), work, static outcome => outcome.TryGet(out _, out _), cancellationToken);

    /// <summary>Runs work that concerns no tenant, such as reading the platform's audit log, and commits when it returns. No tenant's row is seen.</summary>
    public Task<T> InPlatformAsync<T>(Func<NpgsqlConnection, NpgsqlTransaction, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(PlatformScope, work, static _ => true, cancellationToken);

    /// <summary>Runs work that concerns no tenant, such as a publish, and commits when it gives a value. No tenant's row is seen.</summary>
    public Task<Outcome<T>> TryInPlatformAsync<T>(
        Func<NpgsqlConnection, NpgsqlTransaction, Task<Outcome<T>>> work, CancellationToken cancellationToken) =>
        RunAsync(PlatformScope, work, static outcome => outcome.TryGet(out _, out _), cancellationToken);

    private static Guid Tenant(Guid tenantId) =>
        tenantId != PlatformScope ? tenantId : throw new ArgumentException("The nil UUID is no tenant.", nameof(tenantId));

    private async Task<T> RunAsync<T>(
        Guid scope, Func<NpgsqlConnection, NpgsqlTransaction, Task<T>> work, Func<T, bool> commits, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        // Npgsql sends BEGIN together with the next command, so this costs one round trip, not two.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await SetTenantAsync(connection, transaction, scope, cancellationToken).ConfigureAwait(false);
        var result = await work(connection, transaction).ConfigureAwait(false);
        if (commits(result)) await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    private static async Task SetTenantAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid tenantId, CancellationToken cancellationToken)
    {
        // The third argument makes it local to the transaction: commit and rollback both take it away.
        await using var command = new NpgsqlCommand("select set_config('app.tenant_id', $1, true)", connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenantId.ToString("D") });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
