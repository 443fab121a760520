using Npgsql;

namespace Alga.Extensions.Database;

/// <summary>
/// Hears what is told by <c>NOTIFY</c> (https://www.postgresql.org/docs/current/sql-notify.html) until it is stopped, on a new connection
/// where one ends. What is told while none listens is lost, so whoever uses it must be able to find that by looking.
/// </summary>
public sealed class NoticeListener(NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <summary>Time between the end of a connection and the next attempt.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // A connection that is dead and does not know it would hear nothing: it is asked so often.
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(10);

    /// <summary>Listens; ends only with the token, and then without an exception.</summary>
    /// <param name="channels">Names of the channels, constants of the caller.</param>
    /// <param name="look">Called each time that it has begun to listen: finds what was told before. What is told meanwhile is heard after it.</param>
    /// <param name="hear">Gets each notice, one after the other.</param>
    /// <param name="lose">Called when a connection ends or cannot be had: nothing is heard until <paramref name="look"/> is called again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(
        IReadOnlyList<string> channels, Func<CancellationToken, Task> look, Func<Notice, CancellationToken, Task> hear, Action<Exception> lose, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(channels, look, hear, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
            {
                lose(exception);
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(IReadOnlyList<string> channels, Func<CancellationToken, Task> look, Func<Notice, CancellationToken, Task> hear, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var told = new Queue<Notice>();
        connection.Notification += (_, notification) => told.Enqueue(new Notice(notification.Channel, notification.Payload));
        await using (var listen = new NpgsqlCommand(string.Join("; ", channels.Select(channel => $"listen {channel}")), connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await look(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            while (told.TryDequeue(out var notice)) await hear(notice, cancellationToken).ConfigureAwait(false);
            if (await connection.WaitAsync(Pulse, cancellationToken).ConfigureAwait(false)) continue;
            await using var pulse = new NpgsqlCommand("select 1", connection) { CommandTimeout = 5 };
            await pulse.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>What was told.</summary>
/// <param name="Channel">On which channel.</param>
/// <param name="Payload">At most 8,000 bytes.</param>
public sealed record Notice(string Channel, string Payload);
