namespace Alga.Extensions.Gateway.Limit;

/// <summary>What a limit counts: all requests of a tenant, or those to one of its extensions.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="Name"><see cref="WholeTenant"/> or an extension's name.</param>
internal readonly record struct QuotaScope(Guid TenantId, string Name)
{
    public const string WholeTenant = "*";

    public bool IsWholeTenant => Name == WholeTenant;
}
