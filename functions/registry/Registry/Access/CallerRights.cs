using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Access;

/// <summary>Who may do what in the registry.</summary>
public static class CallerRights
{
    /// <summary>The caller's tenant, when the caller has one of the roles there.</summary>
    public static Outcome<Guid> TenantOf(Caller caller, params ReadOnlySpan<string> anyOf)
    {
        if (caller.TenantId is not { } tenantId || tenantId == Guid.Empty)
        {
            return new Refusal(ErrorCode.Forbidden, "Your token names no tenant (claim tenant_id); sign in as a user of a tenant.");
        }

        foreach (var role in anyOf)
        {
            if (caller.IsIn(role)) return tenantId;
        }

        return new Refusal(ErrorCode.Forbidden, $"This needs the role {string.Join(" or ", anyOf.ToArray())}; ask an admin of your tenant.");
    }

    /// <summary>A refusal unless the caller acts for the publisher.</summary>
    public static Refusal? UnlessActingFor(Caller caller, string publisher) =>
        caller.Publishers.Contains(publisher, StringComparer.Ordinal)
            ? null
            : new Refusal(ErrorCode.Forbidden, $"You do not act for publisher {publisher}: your token's claim publishers does not hold it.");
}
