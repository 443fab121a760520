using Alga.Extensions.Runner.Engine;
using Npgsql;
using NpgsqlTypes;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// The statements of interface <c>storage</c>. Time is the database's: all runners agree on when an entry expires, and an
/// expired entry is absent to every statement although its row may still be there. Parameters 1 to 3 are always the
/// extension, the namespace and the key or prefix; the tenant is the transaction's.
/// </summary>
internal static class StorageSql
{
    private const string Get =
        """
        select key, value, revision, expires_at from extension_storage_entry
        where tenant_id = current_tenant() and extension_id = $1 and namespace = $2 and key = $3
          and (expires_at is null or expires_at > now())
        """;

    // An expired row is overwritten as if it were not there; $6 says that a live one must not be.
    private const string Put =
        """
        insert into extension_storage_entry as e (tenant_id, extension_id, namespace, key, value, revision, expires_at, updated_at)
        values (current_tenant(), $1, $2, $3, $4, 1, now() + make_interval(secs => $5), now())
        on conflict (tenant_id, extension_id, namespace, key) do update
        set value = excluded.value,
            revision = case when e.expires_at <= now() then 1 else e.revision + 1 end,
            expires_at = excluded.expires_at,
            updated_at = excluded.updated_at
        where not $6 or e.expires_at <= now()
        returning key, value, revision, expires_at
        """;

    private const string PutIfRevision =
        """
        update extension_storage_entry
        set value = $4, revision = revision + 1, expires_at = now() + make_interval(secs => $5), updated_at = now()
        where tenant_id = current_tenant() and extension_id = $1 and namespace = $2 and key = $3
          and revision = $6 and (expires_at is null or expires_at > now())
        returning key, value, revision, expires_at
        """;

    // Gives whether what went was still alive; no row when there was none, or one that must stay.
    private const string Delete =
        """
        delete from extension_storage_entry
        where tenant_id = current_tenant() and extension_id = $1 and namespace = $2 and key = $3
          and ($4::bigint is null or revision = $4 or expires_at <= now())
        returning expires_at is null or expires_at > now()
        """;

    private const string Exists =
        """
        select exists (
          select from extension_storage_entry
          where tenant_id = current_tenant() and extension_id = $1 and namespace = $2 and key = $3
            and (expires_at is null or expires_at > now()))
        """;

    // Whoever writes or purges one of them now is not waited for. The index on expires_at leads to them.
    private const string Purge =
        """
        with expired as (
          select namespace, key from extension_storage_entry
          where tenant_id = current_tenant() and extension_id = $1 and expires_at <= now()
          order by expires_at limit $2
          for update skip locked),
        gone as (
          delete from extension_storage_entry e using expired
          where e.tenant_id = current_tenant() and e.extension_id = $1 and e.namespace = expired.namespace and e.key = expired.key
          returning 1)
        select count(*) from gone
        """;

    // $6 is one more than the page holds, to tell whether there is a next one. $7 bounds the bytes of all entries before an
    // entry, so the first is always there; the entry at which the page is full comes with room = false and no contents.
    private const string Scan =
        """
        select key, case when room then value end, revision, expires_at, room from (
          select key, value, revision, expires_at,
                 coalesce(sum(octet_length(value::text)) over (order by key rows between unbounded preceding and 1 preceding), 0) < $7 as room
          from (
            select key, value, revision, expires_at from extension_storage_entry
            where tenant_id = current_tenant() and extension_id = $1 and namespace = $2
              and key >= $3 and ($4::text is null or key < $4) and ($5::text is null or key > $5)
              and (expires_at is null or expires_at > now())
            order by key
            limit $6) as candidate) as page
        order by key
        """;

    public static NpgsqlBatchCommand ForGet(string extension, string ns, string key) => Command(Get, extension, ns, key);

    public static NpgsqlBatchCommand ForPut(string extension, string ns, StorageWrite write)
    {
        var command = Command(write.IfRevision > 0 ? PutIfRevision : Put, extension, ns, write.Key);
        command.Parameters.Add(new NpgsqlParameter { Value = write.Value, NpgsqlDbType = NpgsqlDbType.Json });
        command.Parameters.Add(new NpgsqlParameter { Value = write.TtlSeconds is { } seconds ? (double)seconds : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        command.Parameters.Add(write.IfRevision > 0
            ? new NpgsqlParameter<long> { TypedValue = (long)write.IfRevision.Value }
            : new NpgsqlParameter<bool> { TypedValue = write.IfRevision is 0 });
        return command;
    }

    public static NpgsqlBatchCommand ForDelete(string extension, string ns, string key, ulong? ifRevision)
    {
        var command = Command(Delete, extension, ns, key);
        command.Parameters.Add(new NpgsqlParameter { Value = ifRevision is null ? DBNull.Value : (long)ifRevision, NpgsqlDbType = NpgsqlDbType.Bigint });
        return command;
    }

    public static NpgsqlBatchCommand ForPurge(string extension) => new(Purge)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = extension },
            new NpgsqlParameter<int> { TypedValue = StorageLimits.MaxPurgedEntries },
        },
    };

    public static NpgsqlBatchCommand ForExists(string extension, string ns, string key) => Command(Exists, extension, ns, key);

    public static NpgsqlBatchCommand ForScan(string extension, string ns, string prefix, string? after, int limit)
    {
        var command = Command(Scan, extension, ns, prefix);
        command.Parameters.Add(Text(KeyRange.EndOf(prefix)));
        command.Parameters.Add(Text(after));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit + 1 });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = StorageLimits.MaxPageBytes });
        return command;
    }

    /// <summary>The entry of the current row.</summary>
    public static StorageEntry Read(NpgsqlDataReader reader) => new(
        reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3));

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlBatchCommand Command(string sql, string extension, string ns, string key) => new(sql)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = extension },
            new NpgsqlParameter<string> { TypedValue = ns },
            new NpgsqlParameter<string> { TypedValue = key },
        },
    };
}
