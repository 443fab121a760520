using System.Diagnostics.Metrics;
using Alga.Extensions.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Alga.Extensions.Runner.Records.Tests;

/// <summary>The way of a record from memory into the database, while the database is there, away, and back.</summary>
public sealed class RecordWriterTests(RecordDatabase database) : IClassFixture<RecordDatabase>, IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("records-").FullName;
    private readonly Guid tenant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task Records_arrive_on_their_own()
    {
        await using var run = await StartAsync(database.Runner);
        var records = await run.AddAsync(tenant, 2_500);
        await WaitAsync(2_500);
        Assert.Equal(records.Order(), (await database.IdsAsync(tenant)).Order());
    }

    /// <summary>In batches of 1,000, and with a pause of 250 ms before the first one, 22,000 requests a second filled half of the memory each time, and what came then went by way of the disk.</summary>
    [Fact]
    public async Task Regression_what_waits_between_two_batches_of_a_busy_runner_does_not_go_to_disk()
    {
        var options = Spooling() with { FlushInterval = TimeSpan.FromSeconds(2) };
        await using var run = await StartAsync(database.Runner, options);
        await run.AddAsync(tenant, 8_000);
        await WaitAsync(8_000);
        Assert.Equal(0, run.Spooled());
    }

    [Fact]
    public async Task A_stop_writes_everything_that_was_added()
    {
        var run = await StartAsync(database.Runner, new RecordOptions { FlushInterval = TimeSpan.FromHours(1) });
        await run.AddAsync(tenant, 3_000);
        await run.DisposeAsync();
        Assert.Equal(3_000, (await database.IdsAsync(tenant)).Count);
    }

    [Fact]
    public async Task While_the_database_is_away_records_go_to_disk_and_a_stop_leaves_them_for_the_next_process()
    {
        await using (var nowhere = Nowhere())
        {
            var run = await StartAsync(nowhere, Spooling());
            await run.AddAsync(tenant, 50);
            await run.StopAsync(TimeSpan.FromMilliseconds(200));
        }

        Assert.NotEmpty(Directory.GetFiles(root));
        Assert.Empty(await database.IdsAsync(tenant));
        await using var next = await StartAsync(database.Runner, Spooling());
        await next.AddAsync(tenant, 10);
        await WaitAsync(60);
        while (Directory.GetFiles(root).Length > 0) await Task.Delay(20);
    }

    [Fact]
    public async Task A_database_that_goes_and_comes_back_gets_each_record_once()
    {
        const string Lock = "alter table extension_quota_usage rename to gone";
        const string Unlock = "alter table gone rename to extension_quota_usage";
        await using var run = await StartAsync(database.Runner, Spooling());
        await run.AddAsync(tenant, 100);
        await WaitAsync(100);
        await database.ExecuteAsync(Lock);
        await run.AddAsync(tenant, 100);
        while (Directory.GetFiles(root).Length == 0) await Task.Delay(20);
        await run.AddAsync(tenant, 100);
        await database.ExecuteAsync(Unlock);
        await run.AddAsync(tenant, 100);
        await WaitAsync(400);
        Assert.Equal(400L, (await database.QueryAsync<long>("select invocations from extension_quota_usage where tenant_id = @tenant and period = 'day'", new { tenant })).Single());
    }

    /// <summary>Killed after the database had the records and before the file was gone: they come twice and count once.</summary>
    [Fact]
    public async Task What_is_replayed_twice_counts_once()
    {
        await using (var nowhere = Nowhere())
        {
            var run = await StartAsync(nowhere, Spooling());
            await run.AddAsync(tenant, 20);
            await run.StopAsync(TimeSpan.FromMilliseconds(200));
        }

        var file = Assert.Single(Directory.GetFiles(root));
        var copy = await File.ReadAllBytesAsync(file);
        for (var i = 0; i < 2; i++)
        {
            await File.WriteAllBytesAsync(file, copy);
            await using var run = await StartAsync(database.Runner, Spooling());
            while (Directory.GetFiles(root).Length > 0) await Task.Delay(20);
        }

        Assert.Equal(20, (await database.IdsAsync(tenant)).Count);
        Assert.Equal(20L, (await database.QueryAsync<long>("select invocations from extension_quota_usage where tenant_id = @tenant and period = 'day'", new { tenant })).Single());
    }

    [Fact]
    public async Task A_record_that_the_database_refuses_does_not_hold_back_the_others()
    {
        await using var run = await StartAsync(database.Runner);
        await run.AddAsync(tenant, 1_000);
        await run.Queue.AddAsync(Sample.Record(tenant) with { DurationUs = -1 });
        await run.AddAsync(tenant, 1_500);
        await run.Queue.AddAsync(Sample.Record(tenant) with { DurationUs = -2 });
        await WaitAsync(2_500);
    }

    [Fact]
    public async Task Without_a_folder_records_wait_in_memory_and_beyond_it_are_given_up_instead_of_answers()
    {
        await using var nowhere = Nowhere();
        var options = new RecordOptions { Capacity = 1_000, MaxWait = TimeSpan.FromMilliseconds(20), FlushInterval = TimeSpan.FromMilliseconds(20) };
        var run = await StartAsync(nowhere, options);
        // Returns, although nothing takes them.
        await run.AddAsync(tenant, RecordOptions.MaxBatch + options.Capacity + 10);
        await run.StopAsync(TimeSpan.FromMilliseconds(200));
        Assert.Empty(await database.IdsAsync(tenant));
    }

    private async Task WaitAsync(int count)
    {
        while ((await database.IdsAsync(tenant)).Count < count) await Task.Delay(50);
        Assert.Equal(count, (await database.IdsAsync(tenant)).Count);
    }

    private RecordOptions Spooling() => new() { SpoolRoot = root, RetryPause = TimeSpan.FromMilliseconds(50), FlushInterval = TimeSpan.FromMilliseconds(20) };

    /// <summary>A port that nobody listens on.</summary>
    private static NpgsqlDataSource Nowhere() =>
        DatabaseServiceCollectionExtensions.CreateDataSource("Host=127.0.0.1;Port=1;Username=x;Password=x;Database=x;Timeout=1");

    private static async Task<Run> StartAsync(NpgsqlDataSource dataSource, RecordOptions? options = null)
    {
        options ??= new RecordOptions { FlushInterval = TimeSpan.FromMilliseconds(20) };
        var metrics = Sample.Metrics();
        var queue = new RecordQueue(options, metrics, TimeProvider.System, NullLogger<RecordQueue>.Instance);
        var spool = new RecordSpool(options, TimeProvider.System, NullLogger<RecordSpool>.Instance);
        var writer = new RecordWriter(queue, new RecordStore(dataSource), spool, options, metrics, TimeProvider.System, NullLogger<RecordWriter>.Instance);
        await writer.StartAsync(default);
        return new Run(queue, writer, metrics);
    }

    private sealed record Run(RecordQueue Queue, RecordWriter Writer, RecordMetrics Metrics) : IAsyncDisposable
    {
        /// <summary>Records that went to disk so far.</summary>
        public long Spooled()
        {
            long spooled = -1;
            using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
            listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            {
                if (instrument.Name == "alga.runner.records.spooled" && instrument.Meter == Metrics.Meter) spooled = value;
            });
            listener.Start();
            listener.RecordObservableInstruments();
            return spooled;
        }

        public async Task<IReadOnlyList<Guid>> AddAsync(Guid tenant, int count)
        {
            var ids = new List<Guid>(count);
            for (var i = 0; i < count; i++)
            {
                var record = Sample.Record(tenant);
                ids.Add(record.ExecutionId);
                await Queue.AddAsync(record);
            }

            return ids;
        }

        /// <summary>A host that does not wait for longer than this.</summary>
        public async Task StopAsync(TimeSpan patience)
        {
            using var impatience = new CancellationTokenSource(patience);
            await Writer.StopAsync(impatience.Token);
            await (Writer.ExecuteTask ?? Task.CompletedTask);
            Writer.Dispose();
        }

        public async ValueTask DisposeAsync()
        {
            await Writer.StopAsync(default);
            Writer.Dispose();
        }
    }
}
