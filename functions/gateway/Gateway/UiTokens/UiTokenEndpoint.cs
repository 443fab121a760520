using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Gateway.Resolve;
using Alga.Extensions.HttpEdge;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Gateway.UiTokens;

/// <summary><c>POST /api/ext-token/{extensionId}</c>, for host applications: a token for the page of an extension, in the name of the user that is signed in.</summary>
public sealed class UiTokenEndpoint(IServiceProvider services)
{
    private static readonly Refusal NoTenant = new(ErrorCode.Forbidden, "Your token names no tenant; sign in to one.");

    private readonly ICallerAuthenticator authenticator = services.GetRequiredService<ICallerAuthenticator>();
    private readonly InstallResolver installs = services.GetRequiredService<InstallResolver>();
    private readonly UiTokens tokens = services.GetRequiredService<UiTokens>();

    /// <summary>Answers 201 with a <see cref="UiToken"/>. A page's own token is no token of an issuer, so it begets no other.</summary>
    /// <param name="edge">The request.</param>
    /// <param name="extensionId">Name of an extension or id of an install.</param>
    public async Task<IResult> HandleAsync(EdgeRequest edge, string extensionId)
    {
        if (!(await authenticator.AuthenticateAsync(edge.Http, edge.Aborted)).TryGet(out var caller, out var refusal)) return new ProblemResult(refusal);
        if (caller.TenantId is not { } tenantId) return new ProblemResult(NoTenant);
        if (!(await installs.ResolveAsync(tenantId, extensionId, caller.Subject, edge.Aborted)).TryGet(out var resolved, out refusal)) return new ProblemResult(refusal);
        var token = await tokens.IssueAsync(caller, tenantId, resolved.Install, edge.Aborted);
        edge.Http.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(token, UiTokenJson.Default.UiToken, statusCode: StatusCodes.Status201Created);
    }
}
