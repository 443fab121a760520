using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.HttpEdge;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Gateway.Tail;

/// <summary><c>GET /api/ext-tail/{extensionId}</c>: an extension's executions as they are written, for admins, as server-sent events.</summary>
public sealed class TailEndpoint(IServiceProvider services)
{
    private static readonly Refusal NotAllowed = new(ErrorCode.Forbidden, $"Executions are shown to a tenant's admins, with the role {Roles.TenantAdmin}.");
    private static readonly Refusal NoName = new(ErrorCode.ExtensionNotInstalled, "Your organisation does not have this extension.");
    private static readonly Refusal NoPlace = new(ErrorCode.InvalidRequest, "Last-Event-ID is the id of an event of this stream; leave it out to begin anew.");
    private static readonly Refusal Full = new(ErrorCode.Overloaded, "This gateway shows as many executions' streams as it can. Try again shortly.");
    private static readonly TimeSpan RetryFull = TimeSpan.FromSeconds(10);

    private readonly ICallerAuthenticator authenticator = services.GetRequiredService<ICallerAuthenticator>();
    private readonly TailServices tails = services.GetRequiredService<TailServices>();

    /// <summary>Answers with the stream; 204 for a session that is over, which ends a browser's attempts.</summary>
    /// <param name="edge">The request.</param>
    /// <param name="extensionId">The extension's name.</param>
    public async Task<IResult> HandleAsync(EdgeRequest edge, string extensionId)
    {
        if (!(await authenticator.AuthenticateAsync(edge.Http, edge.Aborted)).TryGet(out var caller, out var refusal)) return new ProblemResult(refusal);
        if (caller.TenantId is not { } tenantId || !caller.IsIn(Roles.TenantAdmin)) return new ProblemResult(NotAllowed);
        if (!ExtensionName.IsValid(extensionId)) return new ProblemResult(NoName);
        var from = TailPlace.Parse(edge.Http.Headers["Last-Event-ID"].ToString());
        if (from is null && edge.Http.Headers.ContainsKey("Last-Event-ID")) return new ProblemResult(NoPlace);
        return await OpenAsync(new TailWatcher(tenantId, extensionId, $"{caller.Issuer}#{caller.Subject}", edge.RequestId), from, edge.Aborted);
    }

    private async Task<IResult> OpenAsync(TailWatcher watcher, TailPlace? from, CancellationToken cancellationToken)
    {
        var connectionId = Guid.CreateVersion7(tails.Time.GetUtcNow());
        // Before the session: what is written from its start on is told to this feed.
        if (tails.Hub.Join(watcher.TenantId, watcher.ExtensionId, connectionId) is not { } feed) return new ProblemResult(Full);
        var keepsFeed = false;
        try
        {
            var opened = await tails.Sessions.OpenAsync(watcher, from?.SessionId, cancellationToken);
            if (!opened.TryGet(out var session, out var refusal)) return new ProblemResult(refusal) { RetryAfter = refusal.Code == ErrorCode.RateLimited ? RetryFull : null };
            if (session is null) return Results.NoContent();
            keepsFeed = true;
            return new TailStream(watcher, session, from, feed, tails);
        }
        finally
        {
            if (!keepsFeed) feed.Dispose();
        }
    }
}
