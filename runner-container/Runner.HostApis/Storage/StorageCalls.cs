using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// Interface <c>storage</c>: capability <c>storage.kv</c>. Entries belong to tenant and extension, so they outlive a
/// reinstallation; row-level security keeps tenants apart even if a statement here were wrong.
/// </summary>
internal sealed class StorageCalls(InvocationContext context, StorageSession session, StoragePurge purge, ILogger logger) : IStorageCalls
{
    public HostResult<StorageEntry?, StorageErrorKind> Get(string ns, string key) =>
        Guard<StorageEntry?>(StorageRules.FindNamespaceFault(ns) ?? StorageRules.FindKeyFault(key), () => session.Run(
            [StorageSql.ForGet(context.ExtensionId, ns, key)],
            reader => reader.Read() ? StorageSql.Read(reader) : null));

    public HostResult<StorageEntry, StorageErrorKind> Put(string ns, StorageWrite write) =>
        Guard(StorageRules.FindNamespaceFault(ns) ?? StorageRules.FindWriteFault(write), () => Write<StorageEntry>(() =>
        {
            var entry = session.Run(
                [StorageSql.ForPut(context.ExtensionId, ns, write)],
                reader => reader.Read() ? StorageSql.Read(reader) : null);
            return entry is null ? Conflict(write.Key, write.IfRevision) : entry;
        }));

    public HostResult<bool, StorageErrorKind> Delete(string ns, string key, ulong? ifRevision) =>
        Guard<bool>(
            StorageRules.FindNamespaceFault(ns) ?? StorageRules.FindKeyFault(key) ?? StorageRules.FindRevisionFault(ifRevision),
            () => session.Run(
                [StorageSql.ForDelete(context.ExtensionId, ns, key, ifRevision), StorageSql.ForExists(context.ExtensionId, ns, key)],
                ReadDeletion) switch
            {
                Deletion.Gone => true,
                Deletion.Missing => false,
                _ => Conflict(key, ifRevision),
            });

    public HostResult<StoragePage, StorageErrorKind> Scan(string ns, string prefix, string? cursor, uint limit)
    {
        string? after = null;
        var fault = StorageRules.FindNamespaceFault(ns) ?? StorageRules.FindPrefixFault(prefix);
        if (fault is null && limit is 0 or > StorageLimits.MaxPageEntries) fault = $"limit is 1 to {StorageLimits.MaxPageEntries}.";
        if (fault is null && cursor is not null && !StorageCursor.TryParse(cursor, prefix, out after)) fault = "The cursor is not one that a scan with this prefix gave.";
        return Guard<StoragePage>(fault, () => session.Run(
            [StorageSql.ForScan(context.ExtensionId, ns, prefix, after, (int)limit)],
            reader => ReadPage(reader, (int)limit)));
    }

    public HostResult<IReadOnlyList<StorageEntry>, StorageErrorKind> Commit(string ns, IReadOnlyList<StorageChange> changes)
    {
        if (FindDenial() is { } denial) return denial;
        if ((StorageRules.FindNamespaceFault(ns) ?? CommitRules.FindFault(changes)) is { } fault) return Invalid(fault);
        if (changes.Count == 0) return Array.Empty<StorageEntry>();
        return Guard(null, () => Write<IReadOnlyList<StorageEntry>>(() =>
        {
            var result = new StorageCommit(context.ExtensionId, ns, changes).Run(session);
            return result.Conflict is { } change ? Conflict(change.Key, change.IfRevision) : result.Entries.ToList();
        }));
    }

    private static Deletion ReadDeletion(NpgsqlDataReader reader)
    {
        if (reader.Read()) return reader.GetBoolean(0) ? Deletion.Gone : Deletion.Missing;
        reader.NextResult();
        reader.Read();
        return reader.GetBoolean(0) ? Deletion.Kept : Deletion.Missing;
    }

    private static StoragePage ReadPage(NpgsqlDataReader reader, int limit)
    {
        var entries = new List<StorageEntry>();
        while (reader.Read())
        {
            if (entries.Count == limit || !reader.GetBoolean(4)) return new StoragePage(entries, StorageCursor.After(entries[^1].Key));
            entries.Add(StorageSql.Read(reader));
        }

        return new StoragePage(entries, null);
    }

    /// <summary>Writes; over the quota, once more after expired entries made room.</summary>
    private HostResult<T, StorageErrorKind> Write<T>(Func<HostResult<T, StorageErrorKind>> write)
    {
        if (purge.IsDue(context.TenantId, context.ExtensionId)) Purge();
        try
        {
            return write();
        }
        catch (PostgresException exception) when (StorageQuota.IsExceeded(exception))
        {
            if (Purge() == 0) return StorageQuota.Describe(exception);
        }

        try
        {
            return write();
        }
        catch (PostgresException exception) when (StorageQuota.IsExceeded(exception))
        {
            return StorageQuota.Describe(exception);
        }
    }

    private long Purge() => session.Run([StorageSql.ForPurge(context.ExtensionId)], reader => reader.Read() ? reader.GetInt64(0) : 0);

    private HostResult<T, StorageErrorKind> Guard<T>(string? fault, Func<HostResult<T, StorageErrorKind>> call)
    {
        if (FindDenial() is { } denial) return denial;
        if (fault is not null) return Invalid(fault);
        try
        {
            return call();
        }
        catch (Exception exception) when (DatabaseFaults.IsUnavailable(exception))
        {
            HostApis.Log.StorageUnavailable(logger, context.RequestId, context.ExtensionId, exception);
            return new HostError<StorageErrorKind>(StorageErrorKind.Unavailable, "Storage did not answer in time. Try again.");
        }
    }

    private HostError<StorageErrorKind>? FindDenial()
    {
        if (context.FindDenial(Capability.StorageKv) is not { } denial) return null;
        HostApis.Log.Denied(logger, context.RequestId, context.ExtensionId, denial);
        return new(StorageErrorKind.Denied, denial);
    }

    private static HostError<StorageErrorKind> Invalid(string fault) => new(StorageErrorKind.Invalid, fault);

    private static HostError<StorageErrorKind> Conflict(string key, ulong? ifRevision) => new(
        StorageErrorKind.Conflict,
        ifRevision is 0 ? $"Key \"{key}\" exists, and if-revision 0 says that it must not." : $"Key \"{key}\" is not at revision {ifRevision}. Read it again.");

    private enum Deletion
    {
        Missing = 0,
        Gone,
        Kept,
    }
}
