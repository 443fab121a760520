using Alga.Extensions.Runner.Engine;
using Npgsql;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// Several changes in one transaction. They run in the order of their keys whatever order they came in, so that two
/// commits never wait for each other in a circle.
/// </summary>
internal sealed class StorageCommit(string extension, string ns, IReadOnlyList<StorageChange> changes)
{
    /// <summary>Runs the changes: two round trips, because the first decides whether the second commits.</summary>
    public (StorageChange? Conflict, IEnumerable<StorageEntry> Entries) Run(StorageSession session)
    {
        var order = Enumerable.Range(0, changes.Count).OrderBy(index => changes[index].Key, StringComparer.Ordinal).ToArray();
        var statements = new List<NpgsqlBatchCommand>(changes.Count + 1);
        foreach (var index in order) AddStatements(statements, changes[index]);
        return session.RunIf(statements, reader => Read(reader, order), result => result.Conflict is null);
    }

    private void AddStatements(List<NpgsqlBatchCommand> statements, StorageChange change)
    {
        if (change.Write is { } write)
        {
            statements.Add(StorageSql.ForPut(extension, ns, write));
            return;
        }

        statements.Add(StorageSql.ForDelete(extension, ns, change.Key, change.IfRevision));
        statements.Add(StorageSql.ForExists(extension, ns, change.Key));
    }

    private (StorageChange? Conflict, IEnumerable<StorageEntry> Entries) Read(NpgsqlDataReader reader, int[] order)
    {
        var written = new StorageEntry?[changes.Count];
        foreach (var index in order)
        {
            if (changes[index].Write is null)
            {
                reader.NextResult();
                reader.Read();
                if (reader.GetBoolean(0)) return (changes[index], []);
            }
            else if (reader.Read())
            {
                written[index] = StorageSql.Read(reader);
            }
            else
            {
                return (changes[index], []);
            }

            reader.NextResult();
        }

        return (null, written.OfType<StorageEntry>());
    }
}
