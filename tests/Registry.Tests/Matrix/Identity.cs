using Alga.Extensions.Registry.Routes;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Matrix;

/// <summary>Somebody who calls. The thing that is called for belongs to publisher <c>acme</c> and is installed by tenant Acme.</summary>
/// <param name="Name">For the test's name.</param>
/// <param name="Tenant">The token's tenant.</param>
/// <param name="Roles">The token's roles.</param>
/// <param name="Publishers">The token's publishers.</param>
internal sealed record Identity(string Name, Guid? Tenant, string[] Roles, string[] Publishers)
{
    public static IReadOnlyList<Identity> All { get; } =
    [
        new("nobody in particular", null, [], []),
        new("the tenant's user", RegistryApp.Acme, [Contracts.Roles.TenantUser], []),
        new("the tenant's admin", RegistryApp.Acme, [Contracts.Roles.TenantAdmin], []),
        new("another tenant's user", RegistryApp.Globex, [Contracts.Roles.TenantUser], []),
        new("another tenant's admin", RegistryApp.Globex, [Contracts.Roles.TenantAdmin], []),
        new("an admin of no tenant", null, [Contracts.Roles.TenantAdmin, Contracts.Roles.TenantUser], []),
        new("the publisher", null, [Contracts.Roles.Publisher], ["acme"]),
        new("another publisher", null, [Contracts.Roles.Publisher], ["globex"]),
        new("a publisher by role only", null, [Contracts.Roles.Publisher], []),
        new("an operator", null, [Contracts.Roles.Operator], []),
        new("another tenant's admin who publishes elsewhere", RegistryApp.Globex, [Contracts.Roles.TenantAdmin], ["globex"]),
        new("roles in another spelling", RegistryApp.Acme, ["Tenant_Admin", "TENANT_USER", "Operator", " operator"], ["Acme", "acme "]),
    ];

    public override string ToString() => Name;

    public string Token(RegistryApp app) => app.Token(Name.Replace(' ', '-'), Tenant, Roles, Publishers);

    /// <summary>What the table says that this caller gets.</summary>
    public Verdict Judge(RegistryRoute route)
    {
        var verdicts = Enum.GetValues<RouteAccess>().Where(rule => rule != RouteAccess.None && route.Access.HasFlag(rule)).Select(rule => Judge(rule, route)).ToList();
        return verdicts.Contains(Verdict.Allowed) ? Verdict.Allowed : verdicts.Contains(Verdict.NotFound) ? Verdict.NotFound : Verdict.Forbidden;
    }

    private Verdict Judge(RouteAccess rule, RegistryRoute route) => rule switch
    {
        RouteAccess.Anonymous or RouteAccess.SignedIn => Verdict.Allowed,
        RouteAccess.TenantUser => InTenant(Contracts.Roles.TenantUser, route),
        RouteAccess.TenantAdmin => InTenant(Contracts.Roles.TenantAdmin, route),
        RouteAccess.Publisher => Publishers.Length > 0 ? Verdict.Allowed : Verdict.Forbidden,
        RouteAccess.PublisherOf when Publishers.Length == 0 => Verdict.Forbidden,
        RouteAccess.PublisherOf => Publishers.Contains("acme") ? Verdict.Allowed : Elsewhere(route),
        RouteAccess.Operator => Roles.Contains(Contracts.Roles.Operator) ? Verdict.Allowed : Verdict.Forbidden,
        _ => throw new InvalidOperationException($"The matrix does not know {rule}."),
    };

    private Verdict InTenant(string role, RegistryRoute route)
    {
        if (Tenant is null || !Roles.Contains(role)) return Verdict.Forbidden;
        return Tenant == RegistryApp.Acme ? Verdict.Allowed : Elsewhere(route);
    }

    private static Verdict Elsewhere(RegistryRoute route) => route.Foreign switch
    {
        ForeignThing.CannotBeNamed => Verdict.Allowed,
        ForeignThing.IsForbidden => Verdict.Forbidden,
        _ => Verdict.NotFound,
    };
}

/// <summary>What a caller gets.</summary>
internal enum Verdict
{
    Allowed,
    NotFound,
    Forbidden,
}
