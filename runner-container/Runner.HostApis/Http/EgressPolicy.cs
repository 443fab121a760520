using Alga.Extensions.Manifest;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Which hosts an invocation may reach: what manifest and grant name, and of that what the operator allows.</summary>
/// <param name="operatorHosts">Value of <c>EXT_EGRESS_ALLOWLIST</c>; null where the operator says nothing, empty for no host at all.</param>
public sealed class EgressPolicy(IReadOnlyList<string>? operatorHosts)
{
    /// <summary>Null when the host may be reached; otherwise what has to be added, and by whom.</summary>
    public string? FindDenial(IReadOnlyList<string> granted, string host)
    {
        if (!granted.Any(pattern => EgressHost.Allows(pattern, host)))
        {
            return $"This install may not reach {host}. Add \"{host}\" to \"egress\" in manifest.json and have it granted by the tenant's admin.";
        }

        return operatorHosts is null || operatorHosts.Any(pattern => EgressHost.Allows(pattern, host))
            ? null
            : $"The platform's operator does not allow {host}. Ask for it to be added to EXT_EGRESS_ALLOWLIST.";
    }
}
