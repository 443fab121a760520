using System.Net;
using System.Text;
using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Gateway.Events;
using Alga.Extensions.Testing;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Gateway.Tests.Events;

/// <summary>Wake-ups through a real queue.</summary>
public sealed class EventQueueTests(GatewayHost host, AzuriteFixture azurite) : IClassFixture<GatewayHost>, IClassFixture<AzuriteFixture>
{
    private readonly EventTenant tenant = new(host, GatewayHost.Acme);

    [Fact]
    public async Task An_accepted_event_leaves_one_message_that_names_its_tenant_and_nothing_else()
    {
        await using var app = await StartAsync(azurite.ConnectionString);
        await tenant.InstallAsync("enabled", "queued");
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(app, "first"));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(app, "first"));
        var messages = (await Queue.PeekMessagesAsync(32)).Value;
        Assert.Equal(GatewayHost.Acme.ToString(), Assert.Single(messages).MessageText);

        var queue = app.Services.GetRequiredService<EventQueue>();
        Assert.True(await queue.TakeAsync(CancellationToken.None));
        Assert.False(await queue.TakeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_message_that_is_lost_and_one_that_comes_twice_deliver_once()
    {
        tenant.Answer(_ => 204);
        await using var app = await StartAsync(azurite.ConnectionString);
        await tenant.InstallAsync("enabled", "queued");
        await SendAsync(app, "lost");
        await Queue.ClearMessagesAsync();
        await tenant.DispatchAsync();
        await SendAsync(app, "twice");
        await Queue.SendMessageAsync(GatewayHost.Acme.ToString());
        while (await app.Services.GetRequiredService<EventQueue>().TakeAsync(CancellationToken.None)) await tenant.DispatchAsync();

        var arrived = tenant.Received.Where(request => request.Event!.Id is "lost" or "twice").GroupBy(request => (request.Context.InstallId, request.Event!.Id)).ToList();
        Assert.NotEmpty(arrived);
        Assert.All(arrived, delivery => Assert.Single(delivery));
    }

    [Fact]
    public async Task A_queue_that_was_deleted_is_made_again()
    {
        await using var app = await StartAsync(azurite.ConnectionString);
        var queue = app.Services.GetRequiredService<EventQueue>();
        Assert.False(await queue.TakeAsync(CancellationToken.None));
        await Queue.DeleteAsync();
        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => queue.TakeAsync(CancellationToken.None));
        await queue.SendAsync(GatewayHost.Acme);
        Assert.True(await queue.TakeAsync(CancellationToken.None));

        await Queue.DeleteAsync();
        await queue.SendAsync(GatewayHost.Acme);
        await queue.SendAsync(GatewayHost.Acme);
        Assert.True(await queue.TakeAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("junk")]
    [InlineData("")]
    [InlineData("]]>&<")]
    [InlineData("01936b2e-0000-7000-8000-0000000910be")]
    public async Task A_message_that_somebody_else_put_there_is_taken_away_and_does_nothing(string text)
    {
        await using var app = await StartAsync(azurite.ConnectionString);
        var queue = app.Services.GetRequiredService<EventQueue>();
        Assert.False(await queue.TakeAsync(CancellationToken.None));
        await Queue.SendMessageAsync(text);
        Assert.True(await queue.TakeAsync(CancellationToken.None));
        Assert.False(await queue.TakeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task While_the_queue_is_away_events_are_accepted_and_delivered()
    {
        tenant.Answer(_ => 204);
        await using var app = await StartAsync("DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=YQ==;QueueEndpoint=http://127.0.0.1:9/devstoreaccount1;");
        await tenant.InstallAsync("enabled", "queued");
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(app, "away"));
        await tenant.DispatchAsync();
        Assert.Contains(tenant.Received, request => request.Event!.Id == "away");
    }

    [Theory]
    [InlineData("not a connection")]
    [InlineData("http://account.queue.core.windows.net")]
    [InlineData("AccountName=only")]
    public void A_setting_that_is_no_connection_is_a_fault(string value)
    {
        var faults = new ConfigurationFaults();
        EventQueue.Read(value, faults);
        Assert.Throws<ConfigurationException>(faults.ThrowIfAny);
    }

    private QueueClient Queue => new(azurite.ConnectionString, EventQueue.Name);

    private async Task<WebApplication> StartAsync(string connection)
    {
        var app = host.BuildWithQueue(connection);
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpStatusCode> SendAsync(WebApplication app, string id)
    {
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/host/events")
        {
            Content = new StringContent($$"""{"topic":"queued","payload":{},"id":"{{id}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer host");
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
