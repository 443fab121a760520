using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Issuer.Authorize;

/// <summary>The page on which a person chooses which demo user to be. No passwords, no scripts.</summary>
internal static class SignInPage
{
    private const string Style =
        """
        :root { color-scheme: light dark; --line: light-dark(#d5dae3, #343c4b); --muted: light-dark(#555f71, #a3adbf); }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; box-sizing: border-box;
          font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f7f8fa, #0e1014); color: light-dark(#1a1e29, #e9ebf1); }
        main { width: min(26rem, 100%); }
        h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
        p { margin: 0 0 1.25rem; color: var(--muted); }
        form { display: grid; gap: .5rem; }
        button { display: grid; gap: .125rem; text-align: start; padding: .75rem 1rem; font: inherit; color: inherit; cursor: pointer;
          background: light-dark(#fff, #15181e); border: 1px solid var(--line); border-radius: 10px; }
        button:hover { border-color: light-dark(#4b55cf, #8d96ff); }
        button:focus-visible { outline: 2px solid light-dark(#5a64e0, #8d96ff); outline-offset: 2px; }
        strong { font-weight: 600; }
        span { font-size: .875rem; color: var(--muted); overflow-wrap: anywhere; }
        """;

    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>The choice between the users.</summary>
    public static IResult Choose(HttpResponse response, AuthorizeRequest request, IEnumerable<DemoUser> users)
    {
        var html = HtmlEncoder.Default;
        var form = new StringBuilder();
        foreach (var (name, value) in request.Parameters())
        {
            form.Append("<input type=\"hidden\" name=\"").Append(html.Encode(name)).Append("\" value=\"").Append(html.Encode(value)).Append("\">");
        }

        foreach (var user in users)
        {
            var roles = user.Roles.Count > 0 ? string.Join(", ", user.Roles) : "no role";
            form.Append("<button name=\"user\" value=\"").Append(html.Encode(user.Email)).Append("\"><strong>").Append(html.Encode(user.Name))
                .Append("</strong><span>").Append(html.Encode($"{user.Email} · {roles}")).Append("</span></button>");
        }

        // The form's answer leads to the client's page, and browsers hold form-action against that too.
        return Page(response, StatusCodes.Status200OK, new Uri(request.RedirectUri).GetLeftPart(UriPartial.Authority),
            $"<h1>Sign in</h1><p>Development only: choose who you are. There are no passwords.</p><form method=\"post\" action=\"/authorize\">{form}</form>");
    }

    /// <summary>A request that no client can be told about.</summary>
    public static IResult Fault(HttpResponse response, string fault) => Page(
        response, StatusCodes.Status400BadRequest, formTarget: null, $"<h1>This sign-in cannot go on</h1><p>{HtmlEncoder.Default.Encode(fault)}</p>");

    private static IResult Page(HttpResponse response, int status, string? formTarget, string body)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{StyleHash}'; form-action {(formTarget is null ? "'none'" : $"'self' {formTarget}")}; base-uri 'none'; frame-ancestors 'none'";
        return Results.Text(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
            + $"<title>Sign in</title><style>{Style}</style></head><body><main>{body}</main></body></html>",
            "text/html",
            Encoding.UTF8,
            status);
    }
}
