using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Alga.Extensions.Gateway.Tests.Tail;

/// <summary>Watches executions as an admin's page does.</summary>
internal sealed class TailClient : IAsyncDisposable
{
    private readonly HttpResponseMessage response;
    private readonly IAsyncEnumerator<SseItem<string>> events;

    private TailClient(HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> events) => (this.response, this.events) = (response, events);

    public HttpResponseMessage Response => response;

    /// <summary>Where the watcher is after the last event that moved it.</summary>
    public string Place { get; private set; } = "";

    /// <summary>Sends the request; the answer's body is not read.</summary>
    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, string caller, string extension, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/ext-tail/{extension}");
        if (caller.Length > 0) request.Headers.Add("Authorization", "Bearer " + caller);
        if (lastEventId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Opens a stream and reads its first event, after which nothing that is written is missed.</summary>
    public static async Task<TailClient> OpenAsync(HttpClient client, string caller = "ada", string extension = GatewayHost.Extension, string? lastEventId = null)
    {
        var response = await SendAsync(client, caller, extension, lastEventId);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {(response.StatusCode == HttpStatusCode.OK ? "" : await response.Content.ReadAsStringAsync())}");
        var tail = new TailClient(response, SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator());
        Assert.Equal("start", (await tail.NextAsync())?.EventType);
        return tail;
    }

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<SseItem<string>?> NextAsync()
    {
        if (!await events.MoveNextAsync()) return null;
        if (events.Current.EventId is { Length: > 0 } place) Place = place;
        return events.Current;
    }

    /// <summary>The next execution, whose event must be the next.</summary>
    public async Task<JsonElement> ExecutionAsync()
    {
        var next = await NextAsync();
        Assert.Equal("execution", next?.EventType);
        return JsonElement.Parse(next!.Value.Data);
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        try
        {
            await events.DisposeAsync();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or HttpRequestException)
        {
            // It was cut off while it was read.
        }
    }
}
