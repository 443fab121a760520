using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Engine.Tests;

public sealed class EventTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void An_event_is_handled_by_a_component_without_endpoints()
    {
        Assert.True(sandbox.Invoke(sandbox.Load("events"), Event("ok")).TryGet(out var response, out var refusal), refusal?.ToString());
        Assert.Equal((GuestEvent.Handled, null), (response.Status, response.Body.Text));
    }

    [Fact]
    public void A_handler_that_fails_says_why_and_sees_every_member_of_the_event()
    {
        Assert.Equal((GuestEvent.Failed, "{\"grüß\":\"🙂\"}"), Answer(Event("reject") with { Payload = "{\"grüß\":\"🙂\"}" }));
        Assert.Equal((GuestEvent.Failed, "event-7"), Answer(Event("second") with { Attempt = 1 }));
        Assert.Equal((GuestEvent.Handled, null), Answer(Event("second") with { Attempt = 2 }));
    }

    [Fact]
    public void A_handler_that_traps_is_stopped_and_the_next_event_is_handled()
    {
        Assert.False(sandbox.Invoke(sandbox.Load("events"), Event("trap")).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.GuestTrap, refusal.Code);
        Assert.Equal((GuestEvent.Handled, null), Answer(Event("ok")));
    }

    [Fact]
    public void A_component_without_the_handler_that_is_called_refuses_and_runs_nothing()
    {
        Assert.False(sandbox.Invoke(sandbox.Load("hello"), Event("ok")).TryGet(out _, out var refusal));
        Assert.Equal(GuestComponent.NoHandler, refusal);
        Assert.Equal(GuestComponent.NoHandler, sandbox.Refuse("events"));
    }

    private (int Status, string? Text) Answer(GuestEvent received)
    {
        Assert.True(sandbox.Invoke(sandbox.Load("events"), received).TryGet(out var response, out var refusal), refusal?.ToString());
        return (response.Status, response.Body.Text);
    }

    private static GuestEvent Event(string topic) => new() { Id = "event-7", Topic = topic, OccurredAt = "2026-03-01T00:00:00Z", Attempt = 1, Payload = "{}" };
}
