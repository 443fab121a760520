namespace Alga.Extensions.Authentication;

/// <summary>Who calls, as a verified token says.</summary>
/// <param name="Subject">The user's id at the issuer, 1 to 255 characters.</param>
/// <param name="TenantId">The tenant for which the user acts; null for a publisher who acts for none.</param>
/// <param name="Email">Empty when the token has none.</param>
/// <param name="Name">Empty when the token has none.</param>
/// <param name="Roles">Roles within the tenant.</param>
/// <param name="Publishers">Names of the publishers for which the user acts.</param>
/// <param name="Issuer">Who vouches for all this, exactly as in <c>AUTH_ISSUERS</c>.</param>
public sealed record Caller(
    string Subject,
    Guid? TenantId,
    string Email,
    string Name,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Publishers,
    string Issuer)
{
    /// <summary>Whether the caller has a role; case counts.</summary>
    public bool IsIn(string role) => Roles.Contains(role, StringComparer.Ordinal);
}
