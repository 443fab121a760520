using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;

namespace Alga.Extensions.ServiceTokens;

/// <summary>Whether an execute request says the same as its token. The hash binds the bytes; this binds their meaning.</summary>
public static class ServiceTokenAgreement
{
    /// <summary>Null when all agrees, else <see cref="ErrorCode.Forbidden"/> naming the field that differs.</summary>
    public static Refusal? Check(ServiceTokenClaims claims, ExecuteRequest request)
    {
        var context = request.Context;
        if (context.RequestId != claims.RequestId) return Differs("request_id");
        if (context.TenantId != claims.TenantId) return Differs("tenant_id");
        if (context.InstallId != claims.InstallId) return Differs("install_id");
        if (context.ExtensionId != claims.ExtensionId) return Differs("extension_id");
        if (context.VersionId != claims.VersionId) return Differs("version_id");
        if (context.ContentHash != claims.ContentHash) return Differs("content_hash");
        if (request.Http.Method != claims.Method) return Differs("http.method");
        if (request.Http.Path != claims.Path) return Differs("http.path");
        if (!SameCapabilities(claims.Capabilities, request.Providers)) return Differs("providers");
        if (!(claims.Egress ?? []).SequenceEqual(request.Egress, StringComparer.Ordinal)) return Differs("egress");
        return SameSecrets(claims.Secrets ?? [], request.Secrets) ? null : Differs("secrets");
    }

    private static bool SameSecrets(IReadOnlyList<SecretClaim> claimed, IReadOnlyList<ExecuteSecret> secrets)
    {
        if (claimed.Count != secrets.Count) return false;
        for (var i = 0; i < secrets.Count; i++)
        {
            if (claimed[i].Name != secrets[i].Name || claimed[i].MaxAgeDays != secrets[i].MaxAgeDays) return false;
        }

        return true;
    }

    private static bool SameCapabilities(IReadOnlyList<string> granted, IReadOnlyList<string> providers) =>
        granted.Count == providers.Count
        && providers.All(provider => provider.StartsWith(Capability.ProviderPrefix, StringComparison.Ordinal))
        && providers.Select(Capabilities.FromProvider).SequenceEqual(granted, StringComparer.Ordinal);

    private static Refusal Differs(string field) => new(ErrorCode.Forbidden, $"{field} is not what the service token says.");
}
