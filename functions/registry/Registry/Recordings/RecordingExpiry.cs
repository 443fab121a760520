using Alga.Extensions.Database;

namespace Alga.Extensions.Registry.Recordings;

/// <summary>
/// Deletes recordings that have expired, tenant by tenant. It may be called at any time and by several at once, and goes on where it
/// was cut off; nobody can read an expired recording in the meantime.
/// </summary>
public sealed class RecordingExpiry(TenantDatabase database, TimeProvider time)
{
    private const int BatchTenants = 100;
    private const int BatchRecordings = 500;

    // Runners and gateways go on for minutes with what they know of an install.
    private static readonly TimeSpan Afterwards = TimeSpan.FromDays(1);

    /// <summary>Deletes everything that has expired; gives how many recordings there were.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var deleted = 0;
        var owners = await OwnersAsync(Guid.Empty).ConfigureAwait(false);
        while (owners.Count > 0)
        {
            foreach (var owner in owners) deleted += await ExpireAsync(owner, cancellationToken).ConfigureAwait(false);
            owners = await OwnersAsync(owners[^1]).ConfigureAwait(false);
        }

        return deleted;

        Task<IReadOnlyList<Guid>> OwnersAsync(Guid after) => database.InPlatformAsync(
            (_, transaction) => RecordingStore.OwnersAsync(transaction, after, BatchTenants, cancellationToken), cancellationToken);
    }

    private async Task<int> ExpireAsync(Guid owner, CancellationToken cancellationToken)
    {
        var now = time.GetDatabaseNow();
        var deleted = 0;
        for (var batch = BatchRecordings; batch == BatchRecordings;)
        {
            batch = await database.InTenantAsync(
                owner, (_, transaction) => RecordingStore.DeleteExpiredAsync(transaction, now, BatchRecordings, cancellationToken), cancellationToken).ConfigureAwait(false);
            deleted += batch;
        }

        var hasAny = await database.InTenantAsync(owner, (_, transaction) => RecordingStore.HasAnyAsync(transaction, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (!hasAny)
        {
            await database.InPlatformAsync(
                async (_, transaction) =>
                {
                    await RecordingStore.ForgetAsync(transaction, owner, now - Afterwards, cancellationToken).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return deleted;
    }
}
