using System.Globalization;
using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>storage</c>.</summary>
internal static class StorageImports
{
    public static readonly HostFunction[] Functions =
    [
        new("get", (host, arguments) => Write(
            host.Storage.Get(arguments[0].AsString(), arguments[1].AsString()), Values.Option<StorageEntry>(Write))),
        new("put", (host, arguments) => Write(
            host.Storage.Put(arguments[0].AsString(), ReadWrite(arguments[1])), Write)),
        new("delete", (host, arguments) => Write(
            host.Storage.Delete(arguments[0].AsString(), arguments[1].AsString(), Values.ReadU64(arguments[2])), ComponentValue.Bool)),
        new("scan", (host, arguments) => Write(
            host.Storage.Scan(arguments[0].AsString(), arguments[1].AsString(), Values.ReadString(arguments[2]), arguments[3].AsU32()), Write)),
        new("commit", (host, arguments) => Write(
            host.Storage.Commit(arguments[0].AsString(), ReadChanges(arguments[1])), Write)),
    ];

    private static StorageWrite ReadWrite(ComponentValue value)
    {
        var fields = value.AsRecord();
        return new StorageWrite(
            fields[0].Value.AsString(), fields[1].Value.AsString(), Values.ReadU64(fields[2].Value), Values.ReadU32(fields[3].Value));
    }

    private static List<StorageChange> ReadChanges(ComponentValue value)
    {
        var items = value.AsList();
        var changes = new List<StorageChange>(items.Count);
        foreach (var item in items) changes.Add(ReadChange(item));
        return changes;
    }

    private static StorageChange ReadChange(ComponentValue value)
    {
        var payload = value.Payload ?? throw new InvalidOperationException("A change carries a value.");
        if (value.AsVariant() == "put")
        {
            var write = ReadWrite(payload);
            return new StorageChange(write.Key, write, write.IfRevision);
        }

        var deletion = payload.AsTuple();
        return new StorageChange(deletion[0].AsString(), null, Values.ReadU64(deletion[1]));
    }

    private static ComponentValue Write<T>(HostResult<T, StorageErrorKind> result, Func<T, ComponentValue> write) =>
        Values.Result(result, write, CaseName);

    private static ComponentValue Write(StorageEntry entry) => ComponentValue.Record(
    [
        new("key", ComponentValue.String(entry.Key)),
        new("value", ComponentValue.String(entry.Value)),
        new("revision", ComponentValue.U64((ulong)entry.Revision)),
        new("expires-at", entry.ExpiresAt is { } at ? ComponentValue.Some(ComponentValue.String(Rfc3339(at))) : ComponentValue.None()),
    ]);

    private static ComponentValue Write(IReadOnlyList<StorageEntry> entries) => Values.List(entries, Write);

    private static ComponentValue Write(StoragePage page) => ComponentValue.Record(
    [
        new("entries", Write(page.Entries)),
        new("cursor", page.Cursor is null ? ComponentValue.None() : ComponentValue.Some(ComponentValue.String(page.Cursor))),
    ]);

    private static string Rfc3339(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string CaseName(StorageErrorKind kind) => kind switch
    {
        StorageErrorKind.Denied => "denied",
        StorageErrorKind.Conflict => "conflict",
        StorageErrorKind.Invalid => "invalid",
        StorageErrorKind.QuotaExceeded => "quota-exceeded",
        StorageErrorKind.Unavailable => "unavailable",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
