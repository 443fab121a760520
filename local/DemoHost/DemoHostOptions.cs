using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.DemoHost;

/// <summary>Settings of the demo host.</summary>
/// <param name="Port">Loopback port, <c>DEMO_HOST_PORT</c>.</param>
/// <param name="PageFolder">The built page, <c>DEMO_HOST_PAGE</c>.</param>
/// <param name="ConfigFile">The page's <c>config.json</c>, <c>DEMO_HOST_CONFIG</c>; read for each request.</param>
/// <param name="AdminFolder">The built admin app, served below <c>/admin/</c>, <c>ADMIN_PAGE</c>.</param>
/// <param name="RegistryUrl">Where the admin app's calls go, <c>REGISTRY_URL</c>.</param>
/// <param name="GatewayUrl">Where the page's calls of extensions go, <c>GATEWAY_URL</c>.</param>
/// <param name="IssuerUrl">Where the page gets its tokens, <c>ISSUER_URL</c>.</param>
/// <param name="RunnerPublicBase">Origin of the frames, <c>RUNNER_PUBLIC_BASE</c>.</param>
public sealed record DemoHostOptions(int Port, string PageFolder, string ConfigFile, string AdminFolder, string RegistryUrl, string GatewayUrl, string IssuerUrl, string RunnerPublicBase)
{
    public static DemoHostOptions Read(IConfiguration configuration, ConfigurationFaults faults) => new(
        faults.Integer("DEMO_HOST_PORT", configuration["DEMO_HOST_PORT"], 7079, 1, 65535),
        faults.Required("DEMO_HOST_PAGE", configuration["DEMO_HOST_PAGE"], "the folder of the built page"),
        faults.Required("DEMO_HOST_CONFIG", configuration["DEMO_HOST_CONFIG"], "the page's config.json"),
        faults.Required("ADMIN_PAGE", configuration["ADMIN_PAGE"], "the folder of the built admin app"),
        faults.Required("REGISTRY_URL", configuration["REGISTRY_URL"], "the registry's URL"),
        faults.Required("GATEWAY_URL", configuration["GATEWAY_URL"], "the gateway's URL"),
        faults.Required("ISSUER_URL", configuration["ISSUER_URL"], "the issuer's URL"),
        faults.Required("RUNNER_PUBLIC_BASE", configuration["RUNNER_PUBLIC_BASE"], "the origin of user interfaces"));
}
