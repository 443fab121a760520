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

    /// <summary>Whether the caller acts for the publisher.</summary>
    public static bool ActsFor(Caller caller, string publisher) => caller.Publishers.Contains(publisher, StringComparer.Ordinal);

    /// <summary>Whether the caller runs the platform.</summary>
    public static bool IsOperator(Caller caller) => caller.IsIn(Roles.Operator);

    /// <summary>A refusal unless the caller acts for the publisher, for a request that itself names the publisher.</summary>
    public static Refusal? UnlessActingFor(Caller caller, string publisher) =>
        ActsFor(caller, publisher)
            ? null
            : new Refusal(ErrorCode.Forbidden, $"You do not act for publisher {publisher}: your token's claim publishers does not hold it.");

    /// <summary>A refusal for a caller who acts for no publisher at all; told before anything is looked up.</summary>
    public static Refusal? UnlessPublisher(Caller caller) =>
        caller.Publishers.Count > 0
            ? null
            : new Refusal(ErrorCode.Forbidden, "You act for no publisher: your token's claim publishers is empty; sign in as a publisher's developer.");

    /// <summary>The same, but operators of the platform may as well.</summary>
    public static Refusal? UnlessPublisherOrOperator(Caller caller) => IsOperator(caller) ? null : UnlessPublisher(caller);

    /// <summary>A refusal unless the caller acts for a publisher or operates the platform; to everybody else the publisher is not there.</summary>
    public static Refusal? UnlessMayManage(Caller caller, string publisher)
    {
        if (UnlessPublisherOrOperator(caller) is { } stranger) return stranger;
        return PublisherName.IsValid(publisher) && (IsOperator(caller) || ActsFor(caller, publisher))
            ? null
            : new Refusal(ErrorCode.NotFound, "You act for no publisher of this name; check the name, or sign in as one of its developers.");
    }

    /// <summary>
    /// The refusal for an extension that is not there or is another publisher's: the same words for both, so that nothing is given away.
    /// </summary>
    public static Refusal NotYours(string name) => new(
        ErrorCode.NotFound,
        $"You have no extension {(name.Length <= ExtensionName.MaxLength ? name : name[..ExtensionName.MaxLength])}: nobody registered it (POST /api/registry/extensions does), "
        + "or it belongs to a publisher that your token's claim publishers does not hold.");

    /// <summary>A refusal unless the caller operates the platform.</summary>
    public static Refusal? UnlessOperator(Caller caller) =>
        IsOperator(caller) ? null : new Refusal(ErrorCode.Forbidden, $"This needs the role {Roles.Operator}, which the platform's operator gives.");
}
