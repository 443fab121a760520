using System.Buffers.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Alga.Extensions.Issuer.Authorize;

/// <summary>A client's request to sign somebody in (OpenID Connect, authorization code with PKCE).</summary>
/// <param name="RedirectUri">Where the answer goes; one of the known pages.</param>
/// <param name="State">The client's, given back as it is; null for none.</param>
/// <param name="Nonce">The client's, for the ID token; null for none.</param>
/// <param name="Scope">What is asked for, separated by spaces.</param>
/// <param name="CodeChallenge">SHA-256 of the code verifier, base64url.</param>
public sealed record AuthorizeRequest(string RedirectUri, string? State, string? Nonce, string Scope, string CodeChallenge)
{
    private const int MaxLength = 2_048;

    /// <summary>The parameters as they came, for the form that carries them on.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters()
    {
        yield return new("response_type", "code");
        yield return new("client_id", IssuerOptions.ClientId);
        yield return new("redirect_uri", RedirectUri);
        yield return new("scope", Scope);
        yield return new("code_challenge", CodeChallenge);
        yield return new("code_challenge_method", "S256");
        if (State is not null) yield return new("state", State);
        if (Nonce is not null) yield return new("nonce", Nonce);
    }

    /// <summary>The client's page with an answer.</summary>
    public string AnswerUrl(string name, string value) => AnswerUrl(RedirectUri, State, name, value);

    /// <summary>Reads a request.</summary>
    /// <param name="values">Query or form.</param>
    /// <param name="options">Knows the pages.</param>
    public static AuthorizeReading Read(Func<string, StringValues> values, IssuerOptions options)
    {
        string? Value(string name) => values(name) is [{ Length: > 0 and <= MaxLength } value] ? value : null;

        // An answer goes to a known page of the known client only, so a fault in these is told to the person instead.
        if (Value("client_id") != IssuerOptions.ClientId) return AuthorizeReading.Told($"The client_id is {IssuerOptions.ClientId}.");
        if (Value("redirect_uri") is not { } page || !options.RedirectUris.Contains(page, StringComparer.Ordinal))
        {
            return AuthorizeReading.Told("The redirect_uri is none of ISSUER_REDIRECT_URIS.");
        }

        var state = Value("state");
        if (Value("response_type") != "code") return AuthorizeReading.Sent(AnswerUrl(page, state, "error", "unsupported_response_type"));
        if (Value("code_challenge_method") != "S256" || Value("code_challenge") is not { } challenge || !IsChallenge(challenge))
        {
            return AuthorizeReading.Sent(AnswerUrl(page, state, "error", "invalid_request"));
        }

        return AuthorizeReading.Good(new AuthorizeRequest(page, state, Value("nonce"), Value("scope") ?? "openid", challenge));
    }

    private static string AnswerUrl(string page, string? state, string name, string value)
    {
        var query = new Dictionary<string, string?> { [name] = value };
        if (state is not null) query["state"] = state;
        return QueryHelpers.AddQueryString(page, query);
    }

    private static bool IsChallenge(string text) => text.Length == 43 && Base64Url.IsValid(text);
}

/// <summary>A request, or what to do instead.</summary>
/// <param name="Request">The request; null for a bad one.</param>
/// <param name="Fault">What to tell the person; null when there is another answer.</param>
/// <param name="Redirect">The client's page with the error; null when there is another answer.</param>
public sealed record AuthorizeReading(AuthorizeRequest? Request, string? Fault, string? Redirect)
{
    internal static AuthorizeReading Good(AuthorizeRequest request) => new(request, null, null);

    internal static AuthorizeReading Told(string fault) => new(null, fault, null);

    internal static AuthorizeReading Sent(string redirect) => new(null, null, redirect);
}
