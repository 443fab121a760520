using System.Threading.RateLimiting;
using Alga.Extensions.Contracts;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// The headers of pages for hosts that a tenant has at names of its own, by the id of the list. Lists never change, so they are
/// kept; and only a few are looked up at a time, since anybody may ask for any id.
/// </summary>
public sealed class UiHostLists : IDisposable
{
    private const int MaxLists = 10_000;
    private const int MaxLookups = 4;
    private const int MaxWaiting = 64;

    private static readonly TimeSpan MissingFor = TimeSpan.FromSeconds(5);
    private static readonly Refusal NoSuchList = new(ErrorCode.NotFound, "There is no such file.");
    private static readonly Refusal Busy = new(ErrorCode.Overloaded, "Too many lists of hosts are being looked up. Try again shortly.");
    private static readonly Refusal Down = new(ErrorCode.Overloaded, "The platform cannot look up which hosts may show the page now. Try again shortly.");

    private readonly NpgsqlDataSource database;
    private readonly IReadOnlyList<string> platform;
    private readonly MemoryCache memory = new(new MemoryCacheOptions { SizeLimit = MaxLists });
    private readonly ConcurrencyLimiter lookups = new(new ConcurrencyLimiterOptions { PermitLimit = MaxLookups, QueueLimit = MaxWaiting });

    /// <param name="database">Has the lists.</param>
    /// <param name="platform">The platform's hosts, which may show every page.</param>
    public UiHostLists(NpgsqlDataSource database, IReadOnlyList<string> platform) => (this.database, this.platform) = (database, platform);

    /// <summary>The headers for a list, or <c>not_found</c>, or <c>overloaded</c>.</summary>
    public async ValueTask<Outcome<UiHeaders>> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!HostOrigins.IsId(id)) return NoSuchList;
        if (memory.TryGetValue(id, out UiHeaders? known)) return known is null ? NoSuchList : known;
        using var lease = await lookups.AcquireAsync(cancellationToken: cancellationToken);
        if (!lease.IsAcquired) return Busy;
        try
        {
            var headers = await ReadAsync(id, cancellationToken);
            memory.Set(id, headers, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = headers is null ? MissingFor : null });
            return headers is null ? NoSuchList : headers;
        }
        catch (NpgsqlException exception) when (exception is not PostgresException)
        {
            return Down;
        }
    }

    public void Dispose()
    {
        lookups.Dispose();
        memory.Dispose();
    }

    private async Task<UiHeaders?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select origins from host_origin_list where list_id = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
        return await command.ExecuteScalarAsync(cancellationToken) is string[] origins ? new UiHeaders([.. platform, .. origins]) : null;
    }
}
