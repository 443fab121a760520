using Microsoft.AspNetCore.Builder;

namespace Alga.Extensions.Issuer;

/// <summary>Lets the client's pages read answers, as they are of another origin. Nobody else's: a token is given to whoever asks here.</summary>
internal static class ClientOrigins
{
    public static void UseClientOrigins(this IApplicationBuilder app, IssuerOptions options)
    {
        var allowed = options.RedirectUris.Select(uri => new Uri(uri).GetLeftPart(UriPartial.Authority)).ToHashSet(StringComparer.Ordinal);
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.Vary = "Origin";
            if (context.Request.Headers.Origin is [{ } origin] && allowed.Contains(origin)) headers.AccessControlAllowOrigin = origin;
            return next(context);
        });
    }
}
