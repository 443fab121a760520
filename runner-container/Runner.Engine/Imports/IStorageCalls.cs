namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>storage</c>.</summary>
public interface IStorageCalls
{
    /// <summary>The entry; null when there is none.</summary>
    HostResult<StorageEntry?, StorageErrorKind> Get(string ns, string key);

    HostResult<StorageEntry, StorageErrorKind> Put(string ns, StorageWrite write);

    /// <summary>Whether there was an entry.</summary>
    HostResult<bool, StorageErrorKind> Delete(string ns, string key, ulong? ifRevision);

    HostResult<StoragePage, StorageErrorKind> Scan(string ns, string prefix, string? cursor, uint limit);

    /// <summary>The entries written, in the order of the changes that wrote them.</summary>
    HostResult<IReadOnlyList<StorageEntry>, StorageErrorKind> Commit(string ns, IReadOnlyList<StorageChange> changes);
}

/// <summary>Record <c>entry</c>.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">A JSON document.</param>
/// <param name="Revision">1 for a new key.</param>
/// <param name="ExpiresAt">When it ceases to exist; null for never.</param>
public sealed record StorageEntry(string Key, string Value, long Revision, DateTimeOffset? ExpiresAt);

/// <summary>Record <c>write</c>.</summary>
public sealed record StorageWrite(string Key, string Value, ulong? IfRevision = null, uint? TtlSeconds = null);

/// <summary>Variant <c>change</c>: a write, or a deletion when <paramref name="Write"/> is null.</summary>
public sealed record StorageChange(string Key, StorageWrite? Write, ulong? IfRevision);

/// <summary>Record <c>page</c>.</summary>
public sealed record StoragePage(IReadOnlyList<StorageEntry> Entries, string? Cursor);

/// <summary>Cases of variant <c>error</c>.</summary>
public enum StorageErrorKind
{
    Denied = 0,
    Conflict,
    Invalid,
    QuotaExceeded,
    Unavailable,
}
