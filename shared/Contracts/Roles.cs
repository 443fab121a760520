namespace Alga.Extensions.Contracts;

/// <summary>Values of the <c>roles</c> claim that the platform itself acts on; all others are passed to extensions.</summary>
public static class Roles
{
    public const string TenantUser = "tenant_user";
    public const string TenantAdmin = "tenant_admin";
    public const string Publisher = "publisher";
    public const string Operator = "operator";

    /// <summary>The host application itself, for one tenant: it may send the tenant's events.</summary>
    public const string Host = "host";
}
