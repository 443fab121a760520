using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Issuer;

/// <summary>Settings of the issuer.</summary>
/// <param name="Port">Loopback port, <c>ISSUER_PORT</c>.</param>
/// <param name="StateFolder">Folder of the signing key, <c>ISSUER_STATE</c>.</param>
/// <param name="UsersFile">The users, <c>ISSUER_USERS</c>; the demo users when not set.</param>
/// <param name="Audience">Audience of the tokens, <c>AUTH_AUDIENCE</c>.</param>
public sealed record IssuerOptions(int Port, string StateFolder, string UsersFile, string Audience)
{
    /// <summary>The issuer's URL, as in every token.</summary>
    public string Url => $"http://127.0.0.1:{Port}";

    public static IssuerOptions Read(IConfiguration configuration, ConfigurationFaults faults) => new(
        faults.Integer("ISSUER_PORT", configuration["ISSUER_PORT"], 7073, 1, 65535),
        faults.Required("ISSUER_STATE", configuration["ISSUER_STATE"], "the folder where the signing key is kept"),
        configuration["ISSUER_USERS"] ?? Path.Combine(AppContext.BaseDirectory, "demo-users.json"),
        configuration["AUTH_AUDIENCE"] ?? "alga-extensions");
}
