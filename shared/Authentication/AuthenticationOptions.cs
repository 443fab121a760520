using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Authentication;

/// <summary>Whose tokens are accepted.</summary>
/// <param name="Issuers">Issuer URLs, compared with <c>iss</c> character by character.</param>
/// <param name="Audience">What <c>aud</c> has to contain.</param>
public sealed record AuthenticationOptions(IReadOnlyList<string> Issuers, string Audience)
{
    public const string IssuersVariable = "AUTH_ISSUERS";
    public const string AudienceVariable = "AUTH_AUDIENCE";
    public const string DefaultAudience = "alga-extensions";

    /// <summary>How far the issuer's clock may be off.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>Longest token that is looked at, in characters.</summary>
    public const int MaxTokenLength = 16 * 1024;

    private const string Expected = "issuer URLs separated by commas, such as https://login.example.com/tenant";

    /// <summary>Reads and checks the settings. Plain http is for an issuer on this machine in development only.</summary>
    public static AuthenticationOptions Read(IConfiguration configuration, ConfigurationFaults faults)
    {
        var development = configuration["ALGA_ENVIRONMENT"] == "Development";
        var issuers = faults.Required(IssuersVariable, configuration[IssuersVariable], Expected)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var issuer in issuers)
        {
            var before = faults.All.Count;
            var url = faults.Url(IssuersVariable, issuer, Expected);
            if (faults.All.Count == before && url.Scheme != Uri.UriSchemeHttps && !(development && url.IsLoopback))
            {
                faults.Add(IssuersVariable, "has an http URL; write https (http is for 127.0.0.1 with ALGA_ENVIRONMENT=Development only)");
            }
        }

        var audience = configuration[AudienceVariable];
        return new AuthenticationOptions([.. issuers.Distinct(StringComparer.Ordinal)], string.IsNullOrWhiteSpace(audience) ? DefaultAudience : audience.Trim());
    }
}
