using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Alga.Extensions.Gateway.Tail;

/// <summary>
/// One connection of a session. Notices say which records to read; at each heartbeat it looks for others by itself. A watcher that
/// connects again may get an execution once more, never less, up to <see cref="TailQuery.MaxLook"/> of them.
/// </summary>
internal sealed class TailStream(TailWatcher watcher, TailSession session, TailPlace? from, TailFeed feed, TailServices services) : IResult, IStatusCodeHttpResult
{
    private const int Remembered = 2_000;

    private readonly HashSet<Guid> sent = [];
    private readonly Queue<Guid> sentInOrder = new();
    private readonly DateTime floor = Floor(session, from, services.Options.Overlap);
    private DateTime latest = from is null || from.Latest < session.StartedAt ? session.StartedAt : from.Latest;

    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var connection = new CancellationTokenSource(services.Options.ConnectionTime, services.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, services.Lifetime.ApplicationStopping, connection.Token);
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await RunAsync(new EventWriter(httpContext.Response), ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The watcher went, or comes again with the place where it was.
        }
        catch (Exception exception) when (DatabaseFaults.IsOutage(exception))
        {
            Log.TailEnded(services.Logger, watcher.RequestId, exception);
        }
        finally
        {
            feed.Dispose();
            await LeaveAsync();
        }
    }

    private async Task RunAsync(EventWriter writer, CancellationToken cancellationToken)
    {
        await writer.BeginAsync(cancellationToken);
        await writer.EventAsync("start", JsonSerializer.Serialize(new TailStart(session.SessionId, session.EndsAt), TailJson.Default.TailStart), new TailPlace(session.SessionId, latest), cancellationToken);
        await LookAsync(writer, cancellationToken);
        while (true)
        {
            using var beat = new CancellationTokenSource(services.Options.Heartbeat, services.Time);
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, beat.Token);
            try
            {
                // What comes meanwhile waits in the feed: a beat is late at most by the time that one notice takes.
                while (true) await ShowAsync(writer, await feed.NextAsync(waiting.Token), cancellationToken);
            }
            catch (OperationCanceledException) when (beat.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                if (!await services.Sessions.HoldAsync(watcher.TenantId, session, cancellationToken))
                {
                    await writer.EventAsync("end", "{}", null, cancellationToken);
                    await writer.FlushAsync(cancellationToken);
                    return;
                }

                await LookAsync(writer, cancellationToken);
                await writer.BeatAsync(cancellationToken);
            }
        }
    }

    private async Task ShowAsync(EventWriter writer, WrittenNotice? notice, CancellationToken cancellationToken)
    {
        if (feed.TakeSkipped() is > 0 and var skipped)
        {
            await writer.EventAsync("skipped", JsonSerializer.Serialize(new TailSkipped(skipped), TailJson.Default.TailSkipped), null, cancellationToken);
        }

        if (notice is null) await LookAsync(writer, cancellationToken);
        else await SendAsync(writer, await services.Query.ReadAsync(notice, cancellationToken), cancellationToken);
    }

    private async Task LookAsync(EventWriter writer, CancellationToken cancellationToken)
    {
        var overlapping = latest - services.Options.Overlap;
        await SendAsync(
            writer, await services.Query.ReadSinceAsync(watcher.TenantId, watcher.ExtensionId, overlapping > floor ? overlapping : floor, cancellationToken), cancellationToken);
    }

    private async Task SendAsync(EventWriter writer, IReadOnlyList<WrittenExecution> executions, CancellationToken cancellationToken)
    {
        foreach (var execution in executions)
        {
            if (!sent.Add(execution.ExecutionId)) continue;
            sentInOrder.Enqueue(execution.ExecutionId);
            if (sentInOrder.Count > Remembered) sent.Remove(sentInOrder.Dequeue());
            if (execution.StartedAt > latest) latest = execution.StartedAt;
            await writer.EventAsync("execution", execution.Json, new TailPlace(session.SessionId, latest), cancellationToken);
        }

        await writer.FlushAsync(cancellationToken);
    }

    private async Task LeaveAsync()
    {
        try
        {
            await services.Sessions.LeaveAsync(watcher.TenantId, session, CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseFaults.IsOutage(exception))
        {
            // It stops counting by itself, a little later.
            Log.TailEnded(services.Logger, watcher.RequestId, exception);
        }
    }

    private static DateTime Floor(TailSession session, TailPlace? from, TimeSpan overlap) =>
        from is not null && from.Latest - overlap > session.StartedAt ? from.Latest - overlap : session.StartedAt;
}
