using Alga.Extensions.Registry.Tests.Fixtures;
using Dapper;

namespace Alga.Extensions.Registry.Tests.Events;

/// <summary>Puts deliveries behind the registry's back, as the gateway would.</summary>
internal static class InstalledEvents
{
    private static int made;

    /// <summary>A delivery to an install of Acme; gives its id.</summary>
    public static async Task<Guid> DeliverAsync(this RegistryApp app, string name, string status = "dead", string topic = "ticket.created", string payload = "{}")
    {
        // Ids of one millisecond have no order among them, and deliveries are listed by id: each gets a millisecond of its own.
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow().AddMilliseconds(Interlocked.Increment(ref made)));
        await using var owner = await app.OpenOwnerAsync();
        await owner.ExecuteAsync(
            """
            insert into host_event values (@Acme, @eventId, @topic, 'k', @payload::json, now(), now());
            insert into extension_event_delivery (tenant_id, delivery_id, install_id, event_id, topic, order_key, status, attempts, failures,
              attempt_log, next_attempt_at, expires_at, created_at, finished_at)
            select tenant_id, @id, install_id, @eventId, @topic, 'k', @status, 8, 8, '[{"attempt":8,"code":"guest_trap"}]', now(), now(), now(), case when @status <> 'pending' then now() end
            from tenant_extension_install where tenant_id = @Acme and extension_id = @name;
            """,
            new { RegistryApp.Acme, id, eventId = $"event-{id}", name, topic, status, payload });
        return id;
    }

    /// <summary>Whether a dispatcher is told to look at Acme, and forgets it.</summary>
    public static async Task<bool> TakeNoteAsync(this RegistryApp app)
    {
        await using var owner = await app.OpenOwnerAsync();
        return await owner.ExecuteAsync("delete from event_agenda where owner_id = @Acme and due_at <= clock_timestamp()", new { RegistryApp.Acme }) == 1;
    }
}
