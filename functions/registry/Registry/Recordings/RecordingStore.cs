using Alga.Extensions.Database;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Recordings;

/// <summary>Rows of recordings, which runners add, and the note of which tenants have some.</summary>
internal static class RecordingStore
{
    /// <summary>One recording of an extension that has not expired; null where there is none.</summary>
    public static Task<RecordingRow?> FindAsync(NpgsqlTransaction transaction, string name, Guid executionId, DateTime now, CancellationToken cancellationToken) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<RecordingRow>(new CommandDefinition(
            """
            select r.install_id as InstallId, r.sealed as Sealed, r.key_version as KeyVersion, r.expires_at as ExpiresAt
            from execution_recording r join tenant_extension_install i using (tenant_id, install_id)
            where r.tenant_id = current_tenant() and r.execution_id = @executionId and i.extension_id = @name and r.expires_at > @now
            """,
            new { name, executionId, now },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>Deletes all recordings of an install; gives how many.</summary>
    public static Task<int> DeleteAsync(NpgsqlTransaction transaction, Guid installId, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "delete from execution_recording where tenant_id = current_tenant() and install_id = @installId",
            new { installId },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>Deletes recordings of the transaction's tenant that have expired, at most so many; gives how many.</summary>
    public static Task<int> DeleteExpiredAsync(NpgsqlTransaction transaction, DateTime now, int take, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            delete from execution_recording where tenant_id = current_tenant() and execution_id in (
              select execution_id from execution_recording where tenant_id = current_tenant() and expires_at <= @now order by expires_at limit @take)
            """,
            new { now, take },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>Whether the transaction's tenant has recordings, or an install that makes some.</summary>
    public static Task<bool> HasAnyAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            select exists (select from execution_recording where tenant_id = current_tenant())
              or exists (select from tenant_extension_install where tenant_id = current_tenant() and recording_mode <> 'off')
            """,
            transaction: transaction,
            cancellationToken: cancellationToken));

    /// <summary>Notes in the tenant's transaction that it has, or may get, recordings.</summary>
    public static Task NoteAsync(NpgsqlTransaction transaction, Guid tenantId, DateTime now, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            select set_config('app.tenant_id', @platform::text, true);
            insert into recording_agenda (tenant_id, owner_id, noted_at) values (@platform, @tenantId, @now)
            on conflict (tenant_id, owner_id) do update set noted_at = excluded.noted_at;
            select set_config('app.tenant_id', @tenantId::text, true);
            """,
            new { platform = TenantDatabase.PlatformScope, tenantId, now },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>Tenants after one, in the order of their ids. In the platform's scope, as is the next.</summary>
    public static async Task<IReadOnlyList<Guid>> OwnersAsync(NpgsqlTransaction transaction, Guid after, int take, CancellationToken cancellationToken) =>
        (await transaction.Connection!.QueryAsync<Guid>(new CommandDefinition(
            "select owner_id from recording_agenda where owner_id > @after order by owner_id limit @take",
            new { after, take },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList();

    /// <summary>Forgets a tenant, unless it was noted since.</summary>
    public static Task ForgetAsync(NpgsqlTransaction transaction, Guid owner, DateTime notedBefore, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "delete from recording_agenda where owner_id = @owner and noted_at < @notedBefore",
            new { owner, notedBefore },
            transaction,
            cancellationToken: cancellationToken));
}

/// <summary>A row of a recording.</summary>
internal sealed record RecordingRow
{
    public required Guid InstallId { get; init; }

    public required byte[] Sealed { get; init; }

    public required string KeyVersion { get; init; }

    public required DateTime ExpiresAt { get; init; }
}
