using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Issuer;

/// <summary>Settings of the issuer.</summary>
/// <param name="Port">Loopback port, <c>ISSUER_PORT</c>.</param>
/// <param name="StateFolder">Folder of the signing key, <c>ISSUER_STATE</c>.</param>
/// <param name="UsersFile">The users, <c>ISSUER_USERS</c>; the demo users when not set.</param>
/// <param name="Audience">Audience of the access tokens, <c>AUTH_AUDIENCE</c>.</param>
/// <param name="RedirectUris">Pages that a sign-in may lead to, <c>ISSUER_REDIRECT_URIS</c>, separated by commas; compared character by character.</param>
public sealed record IssuerOptions(int Port, string StateFolder, string UsersFile, string Audience, IReadOnlyList<string> RedirectUris)
{
    /// <summary>The one client: a page, which keeps no secret. Audience of the ID tokens.</summary>
    public const string ClientId = "alga-admin";

    /// <summary>The issuer's URL, as in every token.</summary>
    public string Url => $"http://127.0.0.1:{Port}";

    public static IssuerOptions Read(IConfiguration configuration, ConfigurationFaults faults)
    {
        var audience = configuration["AUTH_AUDIENCE"] ?? "alga-extensions";
        // An ID token must be of no use as an access token.
        if (audience == ClientId) faults.Add("AUTH_AUDIENCE", $"is {ClientId}, the client's own name; write another");
        return new(
            faults.Integer("ISSUER_PORT", configuration["ISSUER_PORT"], 7073, 1, 65535),
            faults.Required("ISSUER_STATE", configuration["ISSUER_STATE"], "the folder where the signing key is kept"),
            configuration["ISSUER_USERS"] ?? Path.Combine(AppContext.BaseDirectory, "demo-users.json"),
            audience,
            ReadRedirectUris(configuration["ISSUER_REDIRECT_URIS"] ?? "", faults));
    }

    private static string[] ReadRedirectUris(string text, ConfigurationFaults faults)
    {
        var uris = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var uri in uris) faults.Url("ISSUER_REDIRECT_URIS", uri, "URLs of pages, such as http://127.0.0.1:7078/");
        return uris;
    }
}
