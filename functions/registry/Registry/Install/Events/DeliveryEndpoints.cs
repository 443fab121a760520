using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Edge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Install.Events;

/// <summary>Deliveries over HTTP, for the tenant's admins: they hold what the host application sent.</summary>
public sealed class DeliveryEndpoints(InstallEdge installs, DeliveryQueries queries, Redelivery redelivery)
{
    private static readonly Refusal NoId = new(ErrorCode.InvalidRequest, "A delivery's id is a UUID, as its list gives it.");

    /// <summary><c>GET /api/tenant/installs/{name}/deliveries?status=&amp;topic=&amp;cursor=&amp;limit=</c></summary>
    public Task<IResult> ListAsync(HttpRequest request, string name) => installs.ReadAsAdminAsync("registry.deliveries.list", request, name, async (call, tenantId) =>
    {
        if (!DeliveryFilter.Read(request).TryGet(out var filter, out var refusal)) return refusal.ToProblem();
        var listed = await queries.ListAsync(tenantId, name, filter, call.Aborted).ConfigureAwait(false);
        return listed.TryGet(out var page, out refusal) ? RegistryResults.Json(page, RegistryJson.Default.DeliveryPage) : refusal.ToProblem();
    });

    /// <summary><c>GET /api/tenant/installs/{name}/deliveries/{deliveryId}</c>, with payload and attempts.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string name, string deliveryId) => installs.ReadAsAdminAsync("registry.deliveries.get", request, name, async (call, tenantId) =>
        UuidText.TryParse(deliveryId, out var id) ? Answer(await queries.FindAsync(tenantId, name, id, call.Aborted).ConfigureAwait(false)) : NoId.ToProblem());

    /// <summary><c>POST /api/tenant/installs/{name}/deliveries/{deliveryId}/redeliver</c></summary>
    public Task<IResult> RedeliverAsync(HttpRequest request, string name, string deliveryId) => installs.ReadAsAdminAsync("registry.deliveries.redeliver", request, name, async (call, tenantId) =>
        UuidText.TryParse(deliveryId, out var id) ? Answer(await redelivery.RedeliverAsync(tenantId, call.Actor, name, id, call.Aborted).ConfigureAwait(false)) : NoId.ToProblem());

    private static IResult Answer(Outcome<DeliveryDetails> outcome) =>
        outcome.TryGet(out var details, out var refusal) ? RegistryResults.Json(details, RegistryJson.Default.DeliveryDetails) : refusal.ToProblem();
}
