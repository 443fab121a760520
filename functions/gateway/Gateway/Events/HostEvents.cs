using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.HttpEdge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Gateway.Events;

/// <summary><c>POST /api/host/events</c>: what happens in the host application, for the extensions that asked for it.</summary>
public sealed class HostEvents
{
    private static readonly Refusal NoTenant = new(ErrorCode.Forbidden, "Your token names no tenant; events belong to one.");

    // A user who could make events up could reach, through a handler, what the extension's endpoints refuse.
    private static readonly Refusal NotAllowed = new(ErrorCode.Forbidden, $"Events are sent by the host application, with the role {Roles.Host}, or by a {Roles.TenantAdmin}.");

    private readonly ICallerAuthenticator authenticator;
    private readonly EventStore store;
    private readonly EventQueue queue;

    internal HostEvents(ICallerAuthenticator authenticator, EventStore store, EventQueue queue)
    {
        this.authenticator = authenticator;
        this.store = store;
        this.queue = queue;
    }

    /// <summary>Answers 202 once the event is stored with all its deliveries.</summary>
    public async Task<IResult> HandleAsync(EdgeRequest edge)
    {
        var accepted = await AcceptAsync(edge);
        return accepted.TryGet(out var answer, out var refusal)
            ? Results.Json(answer, HostEventJson.Default.HostEventAnswer, statusCode: StatusCodes.Status202Accepted)
            : new ProblemResult(refusal);
    }

    private async Task<Outcome<HostEventAnswer>> AcceptAsync(EdgeRequest edge)
    {
        if (!(await authenticator.AuthenticateAsync(edge.Http, edge.Aborted)).TryGet(out var caller, out var refusal)) return refusal;
        if (caller.TenantId is not { } tenantId) return NoTenant;
        if (!caller.IsIn(Roles.Host) && !caller.IsIn(Roles.TenantAdmin)) return NotAllowed;
        if (!(await BoundedBody.ReadAsync(edge.Http, EventRules.MaxBodyBytes, edge.Aborted)).TryGet(out var body, out refusal)) return refusal;
        using (body)
        {
            if (!EventRules.Read(body.Memory.Span).TryGet(out var request, out refusal)) return refusal;
            var accepted = await store.AcceptAsync(tenantId, request, edge.Aborted);
            // After the commit: the message may be lost, the event is not.
            if (accepted.TryGet(out var answer, out _) && answer is { Deliveries: > 0, Duplicate: false }) await queue.SendAsync(tenantId);
            return accepted;
        }
    }
}
