using System.Text;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Gateway.Tail;

/// <summary>Writes server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).</summary>
internal sealed class EventWriter(HttpResponse response)
{
    /// <summary>How long a watcher waits before it connects again, in milliseconds.</summary>
    private const int RetryMs = 2_000;

    /// <summary>Sends the head of the answer, and how soon to come again.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        // Proxies of the nginx family would gather the events otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
        await WriteAsync($"retry: {RetryMs}\n\n", cancellationToken);
        await FlushAsync(cancellationToken);
    }

    /// <summary>Adds an event.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="data">One line.</param>
    /// <param name="place">The place after it; null where it moves nothing.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task EventAsync(string name, string data, TailPlace? place, CancellationToken cancellationToken) =>
        WriteAsync($"event: {name}\n{(place is null ? "" : $"id: {place}\n")}data: {data}\n\n", cancellationToken);

    /// <summary>Sends a sign of life that is no event.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(": beat\n\n", cancellationToken);
        await FlushAsync(cancellationToken);
    }

    /// <summary>Sends what was added.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => response.Body.FlushAsync(cancellationToken);

    private Task WriteAsync(string text, CancellationToken cancellationToken) => response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask();
}
