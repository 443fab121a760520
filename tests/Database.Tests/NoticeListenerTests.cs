using System.Threading.Channels;
using Alga.Extensions.Testing;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Database.Tests;

/// <summary>Hearing what is told by <c>NOTIFY</c>.</summary>
public sealed class NoticeListenerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task What_is_told_is_heard_in_order_with_its_channel()
    {
        await using var heard = await Ear.ListenAsync(postgres, "first", "second");
        Assert.Equal("looks", await heard.NextAsync());

        await heard.TellAsync("first", "a");
        await heard.TellAsync("second", "b");
        await heard.TellAsync("third", "c");
        await heard.TellAsync("first", "d");

        Assert.Equal(["first a", "second b", "first d"], [await heard.NextAsync(), await heard.NextAsync(), await heard.NextAsync()]);
    }

    [Fact]
    public async Task A_connection_that_ends_is_replaced_and_what_was_missed_is_looked_for_again()
    {
        await using var heard = await Ear.ListenAsync(postgres, "first");
        Assert.Equal("looks", await heard.NextAsync());

        await heard.CutAsync();

        Assert.Equal("loses", await heard.NextAsync());
        Assert.Equal("looks", await heard.NextAsync());
        await heard.TellAsync("first", "again");
        Assert.Equal("first again", await heard.NextAsync());
    }

    [Fact]
    public async Task A_stop_ends_it_without_an_exception_and_without_a_loss()
    {
        var heard = await Ear.ListenAsync(postgres, "first");
        Assert.Equal("looks", await heard.NextAsync());

        await heard.DisposeAsync();

        Assert.False(heard.HasMore);
    }

    /// <summary>A listener on a database of its own, and all that happens to it, in order.</summary>
    private sealed class Ear : IAsyncDisposable
    {
        private readonly Channel<string> happened = Channel.CreateUnbounded<string>();
        private readonly CancellationTokenSource stop = new();
        private readonly NpgsqlDataSource listening;
        private readonly string owner;
        private readonly Task running;

        private Ear(TestDatabase database, string[] channels)
        {
            owner = database.Owner;
            listening = NpgsqlDataSource.Create(database.Owner);
            running = new NoticeListener(listening, TimeProvider.System).RunAsync(
                channels, _ => Happens("looks"), (notice, _) => Happens($"{notice.Channel} {notice.Payload}"), _ => happened.Writer.TryWrite("loses"), stop.Token);
        }

        public bool HasMore => happened.Reader.TryPeek(out _);

        public static async Task<Ear> ListenAsync(PostgresFixture postgres, params string[] channels) => new(await postgres.CreateDatabaseAsync(migrated: false), channels);

        public async Task<string> NextAsync() => await happened.Reader.ReadAsync(CancellationToken.None);

        public async Task TellAsync(string channel, string payload)
        {
            await using var connection = new NpgsqlConnection(owner);
            await connection.ExecuteAsync("select pg_notify(@channel, @payload)", new { channel, payload });
        }

        /// <summary>Ends every other connection to the database.</summary>
        public async Task CutAsync()
        {
            await using var connection = new NpgsqlConnection(owner);
            await connection.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running;
            await listening.DisposeAsync();
            stop.Dispose();
        }

        private Task Happens(string what)
        {
            happened.Writer.TryWrite(what);
            return Task.CompletedTask;
        }
    }
}
