using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Routes;

/// <summary>
/// Who may call a route. The set is closed and combines with <c>|</c>: one rule that holds is enough. Whom no rule of a route
/// can ever fit is <c>forbidden</c> before anything is looked up; whom one fits, but not for this thing, gets what
/// <see cref="ForeignThing"/> says.
/// </summary>
[Flags]
public enum RouteAccess
{
    /// <summary>Nobody: no route is declared so.</summary>
    None = 0,

    /// <summary>Anyone, without a token.</summary>
    Anonymous = 1,

    /// <summary>Anyone with a token, whatever its roles; reads what all may know.</summary>
    SignedIn = 2,

    /// <summary>Has <see cref="Roles.TenantUser"/> in the token's tenant. Only that tenant's things are ever reached.</summary>
    TenantUser = 4,

    /// <summary>Has <see cref="Roles.TenantAdmin"/> in the token's tenant. Only that tenant's things are ever reached.</summary>
    TenantAdmin = 8,

    /// <summary>Acts for at least one publisher (claim <c>publishers</c>), and gets what is its own.</summary>
    Publisher = 16,

    /// <summary>Acts for the publisher in question: the one in the path, of the extension in the path, or in the body.</summary>
    PublisherOf = 32,

    /// <summary>Has <see cref="Roles.Operator"/>: runs the platform.</summary>
    Operator = 64,
}

/// <summary>What a caller is told who may call a route, but not for a thing of somebody else.</summary>
public enum ForeignThing
{
    /// <summary>Nothing foreign can be named: everybody gets what is theirs, or what all may know.</summary>
    CannotBeNamed,

    /// <summary>404, word for word as if it were not there.</summary>
    IsNotFound,

    /// <summary>403: the caller named the publisher, so nothing is given away.</summary>
    IsForbidden,
}
