using Alga.Extensions.Registry.Install.Events;
using Alga.Extensions.Registry.Install.Schedules;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>What was delivered to an install, and what it does by the clock.</summary>
public sealed class EventFunctions(DeliveryEndpoints deliveries, ScheduleEndpoints schedules)
{
    [Function("deliveries-list")]
    public Task<IResult> ListDeliveries(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenant/installs/{name}/deliveries")] HttpRequest request, string name) =>
        deliveries.ListAsync(request, name);

    [Function("deliveries-get")]
    public Task<IResult> GetDelivery(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenant/installs/{name}/deliveries/{deliveryId}")] HttpRequest request, string name, string deliveryId) =>
        deliveries.GetAsync(request, name, deliveryId);

    [Function("deliveries-redeliver")]
    public Task<IResult> Redeliver(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenant/installs/{name}/deliveries/{deliveryId}/redeliver")] HttpRequest request, string name, string deliveryId) =>
        deliveries.RedeliverAsync(request, name, deliveryId);

    [Function("schedules-list")]
    public Task<IResult> ListSchedules(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenant/installs/{name}/schedules")] HttpRequest request, string name) =>
        schedules.ListAsync(request, name);

    [Function("schedules-pause")]
    public Task<IResult> Pause(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenant/installs/{name}/schedules/{schedule}/pause")] HttpRequest request, string name, string schedule) =>
        schedules.PauseAsync(request, name, schedule);

    [Function("schedules-resume")]
    public Task<IResult> Resume(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenant/installs/{name}/schedules/{schedule}/resume")] HttpRequest request, string name, string schedule) =>
        schedules.ResumeAsync(request, name, schedule);
}
