using System.Threading.Channels;
using Alga.Extensions.Contracts;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Compiles what was published before anybody installs it. All runners hear of a version; the one that gets the lock compiles it, the
/// others find it in the bundle store later. Nothing depends on it: what is missing then is compiled when it is loaded.
/// </summary>
public sealed class CompileAhead(NpgsqlDataSource dataSource, ComponentLoader loader, TimeProvider time, ILogger<CompileAhead> logger) : BackgroundService
{
    // The first half names this use of advisory locks, the second the bundle.
    private const int LockSpace = 0x616C6761;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Channel<ContentHash> pending = Channel.CreateBounded<ContentHash>(new BoundedChannelOptions(1_000) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Adds a bundle by the written form of its hash; beyond a thousand that wait it is dropped, and compiled when it is installed.</summary>
    public void Enqueue(string text)
    {
        if (ContentHash.TryParse(text, out var hash)) pending.Writer.TryWrite(hash);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var hash in pending.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await CompileAsync(hash, stoppingToken);
            }
#pragma warning disable CA1031 // Whatever is wrong with one bundle must not keep the others from being compiled.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                CompileLog.AheadFailed(logger, hash, exception);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task CompileAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var key = new { LockSpace, bundle = Convert.ToInt32(hash.Hex[..8], 16) };
        // Held by the session: should this runner die, the database lets go of it.
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select pg_try_advisory_lock(@LockSpace, @bundle)", key, cancellationToken: cancellationToken))) return;
        try
        {
            if (await loader.PrepareAsync(hash, cancellationToken)) CompileLog.CompiledAhead(logger, hash);
        }
        finally
        {
            await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_unlock(@LockSpace, @bundle)", key, cancellationToken: CancellationToken.None));
        }
    }
}
