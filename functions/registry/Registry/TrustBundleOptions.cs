using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Signing;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Registry;

/// <summary>Whom the registry trusts.</summary>
internal static class TrustBundleOptions
{
    private const string Variable = "SIGNING_TRUST_BUNDLE";

    /// <summary>Reads <c>SIGNING_TRUST_BUNDLE</c> (required): PEM, or the path of a file with PEM.</summary>
    /// <returns>The trust bundle, null when a fault was noted.</returns>
    public static TrustBundle? Read(IConfiguration configuration, ConfigurationFaults faults)
    {
        var text = faults.Required(Variable, configuration[Variable], "the path of a PEM file with the publishers' public keys, or the PEM text itself");
        if (text.Length == 0) return null;
        if (TrustBundle.Load(text).TryGet(out var trust, out var refusal)) return trust;
        faults.Add(Variable, refusal.Message);
        return null;
    }
}
