using System.Globalization;

namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>storage</c>.</summary>
internal static class StorageImports
{
    public static readonly HostFunction[] Functions =
    [
        new("get", 2, static (running, arguments, ref buffer) => Values.Result(
            running, running.Host.Storage.Get(Text(arguments[0]), Text(arguments[1])), WriteOptional, ref buffer)) { Span = "storage.get" },
        new("put", 2, static (running, arguments, ref buffer) => Values.Result(
            running, running.Host.Storage.Put(Text(arguments[0]), ReadWrite(arguments[1])), Write, ref buffer)) { Span = "storage.put" },
        new("delete", 3, static (running, arguments, ref buffer) => Values.Result(
            running, running.Host.Storage.Delete(Text(arguments[0]), Text(arguments[1]), Values.ReadU64(arguments[2])), WriteBool, ref buffer)) { Span = "storage.delete" },
        new("scan", 4, static (running, arguments, ref buffer) => Values.Result(
            running, running.Host.Storage.Scan(Text(arguments[0]), Text(arguments[1]), Values.ReadText(arguments[2]), arguments[3].AsU32()), Write, ref buffer)) { Span = "storage.scan" },
        new("commit", 2, static (running, arguments, ref buffer) => Values.Result(
            running, running.Host.Storage.Commit(Text(arguments[0]), ReadChanges(arguments[1])), Write, ref buffer)) { Span = "storage.commit" },
    ];

    private static readonly NativeName[] EntryFields = NativeName.Lasting("key", "value", "revision", "expires-at");
    private static readonly NativeName[] PageFields = NativeName.Lasting("entries", "cursor");

    private static string Text(NativeValue value) => value.AsText().ToString();

    private static StorageWrite ReadWrite(NativeValue value)
    {
        var fields = value.AsRecord(4);
        return new StorageWrite(Text(fields[0].Value), Text(fields[1].Value), Values.ReadU64(fields[2].Value), Values.ReadU32(fields[3].Value));
    }

    private static List<StorageChange> ReadChanges(NativeValue value)
    {
        var items = value.AsList();
        var changes = new List<StorageChange>(items.Length);
        foreach (var item in items) changes.Add(ReadChange(item));
        return changes;
    }

    private static StorageChange ReadChange(NativeValue value)
    {
        if (value.AsVariant(out var payload).Bytes.SequenceEqual("put"u8))
        {
            var write = ReadWrite(payload);
            return new StorageChange(write.Key, write, write.IfRevision);
        }

        var deletion = payload.AsTuple(2);
        return new StorageChange(Text(deletion[0]), null, Values.ReadU64(deletion[1]));
    }

    private static NativeValue WriteBool(bool value, ref ValueBuffer buffer) => NativeValue.Bool(value);

    private static NativeValue WriteOptional(StorageEntry? entry, ref ValueBuffer buffer) => entry is null ? NativeValue.None : buffer.Some(Write(entry, ref buffer));

    private static NativeValue Write(StorageEntry entry, ref ValueBuffer buffer) => buffer.Record(
        EntryFields,
        buffer.Text(entry.Key),
        buffer.Text(entry.Value),
        NativeValue.U64((ulong)entry.Revision),
        Values.OptionalText(entry.ExpiresAt is { } at ? Rfc3339(at) : null, ref buffer));

    private static NativeValue Write(IReadOnlyList<StorageEntry> entries, ref ValueBuffer buffer) => Values.List(entries, Write, ref buffer);

    private static NativeValue Write(StoragePage page, ref ValueBuffer buffer) => buffer.Record(
        PageFields,
        Write(page.Entries, ref buffer),
        Values.OptionalText(page.Cursor, ref buffer));

    private static string Rfc3339(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
