using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Alga.Extensions.Issuer.Authorize;

/// <summary>The sign-in page, and the code that it ends in.</summary>
internal static class AuthorizeEndpoints
{
    public static void MapAuthorize(
        this IEndpointRouteBuilder routes, IssuerOptions options, IReadOnlyDictionary<string, DemoUser> users, AuthorizationCodes codes)
    {
        routes.MapGet("/authorize", (HttpRequest request) =>
            Answer(request, AuthorizeRequest.Read(name => request.Query[name], options), read => SignInPage.Choose(request.HttpContext.Response, read, users.Values)));
        routes.MapPost("/authorize", async (HttpRequest request) =>
        {
            var response = request.HttpContext.Response;
            if (!request.HasFormContentType) return SignInPage.Fault(response, "Send the form of this page.");
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
            return Answer(request, AuthorizeRequest.Read(name => form[name], options), read => users.TryGetValue(form["user"].ToString(), out var user)
                ? SeeOther(response, read.AnswerUrl("code", codes.Issue(read, user)))
                : SignInPage.Fault(response, "There is no such demo user."));
        });
    }

    private static IResult Answer(HttpRequest request, AuthorizeReading reading, Func<AuthorizeRequest, IResult> go) => reading switch
    {
        { Request: { } read } => go(read),
        { Redirect: { } url } => SeeOther(request.HttpContext.Response, url),
        _ => SignInPage.Fault(request.HttpContext.Response, reading.Fault!),
    };

    // 303: whatever the method was, the client's page is fetched with GET.
    private static IResult SeeOther(HttpResponse response, string url)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.Location = url;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
