using System.Threading.Channels;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Loads components before their first request: at start those installed last, later each one that the registry announces. What is
/// only published is handed on to be compiled.
/// One at a time, and nothing depends on it: a request loads what it misses itself.
/// </summary>
public sealed class Preloader(NpgsqlDataSource dataSource, NoticeListener listener, ComponentCache cache, CompileAhead ahead, Readiness readiness, ILogger<Preloader> logger)
    : BackgroundService
{
    private const string Installed = "extension_installed";
    private const string Published = "extension_published";
    private const int MaxAtStart = 200;
    private const int MaxPublishedAtStart = 50;

    private readonly Channel<Item> pending = Channel.CreateBounded<Item>(new BoundedChannelOptions(1_000) { SingleReader = true });
    private readonly Lock warming = new();
    private readonly CancellationTokenSource stopping = new();
    private Task warm = Task.CompletedTask;

    /// <summary>
    /// Ends when everything that was installed by now, up to the number loaded at start, was loaded or refused. Whoever asks while
    /// it goes on waits for the same: asking often costs the runner nothing more.
    /// </summary>
    public Task WarmAsync(CancellationToken cancellationToken)
    {
        lock (warming)
        {
            if (warm.IsCompleted) warm = WarmOnceAsync(stopping.Token);
            return warm.WaitAsync(cancellationToken);
        }
    }

    private async Task WarmOnceAsync(CancellationToken cancellationToken)
    {
        await readiness.WaitAsync(cancellationToken);
        await using (var connection = await dataSource.OpenConnectionAsync(cancellationToken))
        {
            foreach (var hash in await ReadLatestAsync(connection, cancellationToken)) Enqueue(hash);
        }

        // The queue keeps its order, so whoever reads this has loaded what came before.
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await pending.Writer.WriteAsync(new Item(null, reached), cancellationToken);
        await reached.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Also called a second time: it is registered as itself and as a hosted service.</summary>
    public override void Dispose()
    {
        if (!stopping.IsCancellationRequested) stopping.Cancel();
        stopping.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.WaitAsync(stoppingToken);
        await Task.WhenAll(ListenAsync(stoppingToken), LoadAsync(stoppingToken));
    }

    private Task ListenAsync(CancellationToken cancellationToken) =>
        listener.RunAsync([Installed, Published], LookAsync, Hear, exception => Log.ListeningFailed(logger, exception), cancellationToken);

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        // What is installed in between comes twice instead of never.
        foreach (var hash in await ReadLatestAsync(connection, cancellationToken)) Enqueue(hash);
        foreach (var hash in await ReadLatestPublishedAsync(connection, cancellationToken)) ahead.Enqueue(hash);
    }

    private static Task<IEnumerable<string>> ReadLatestAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.QueryAsync<string>(new CommandDefinition(
            """
            select content_hash from extension_bundle
            where last_installed_at is not null
            order by last_installed_at desc
            limit @MaxAtStart
            """,
            new { MaxAtStart },
            cancellationToken: cancellationToken));

    private static Task<IEnumerable<string>> ReadLatestPublishedAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.QueryAsync<string>(new CommandDefinition(
            "select content_hash from extension_bundle order by created_at desc limit @MaxPublishedAtStart",
            new { MaxPublishedAtStart },
            cancellationToken: cancellationToken));

    private Task Hear(Notice notice, CancellationToken cancellationToken)
    {
        if (notice.Channel == Published) ahead.Enqueue(notice.Payload);
        else Enqueue(notice.Payload);
        return Task.CompletedTask;
    }

    private void Enqueue(string text)
    {
        // Full means a thousand wait already; what is dropped here is loaded with its first request.
        if (ContentHash.TryParse(text, out var hash)) pending.Writer.TryWrite(new Item(hash, null));
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await foreach (var item in pending.Reader.ReadAllAsync(cancellationToken))
        {
            if (item.Hash is { } hash) await LoadAsync(hash, cancellationToken);
            item.Reached?.TrySetResult();
        }
    }

    private async Task LoadAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        try
        {
            if ((await cache.GetAsync(hash, cancellationToken)).TryGet(out var lease, out _)) lease.Dispose();
        }
#pragma warning disable CA1031 // Whatever is wrong with one component must not keep the others from being loaded.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.PreloadFailed(logger, hash, exception);
        }
    }

    /// <summary>Something to load, or a mark to tell somebody that it was reached.</summary>
    private readonly record struct Item(ContentHash? Hash, TaskCompletionSource? Reached);
}
