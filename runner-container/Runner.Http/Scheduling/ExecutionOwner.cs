namespace Alga.Extensions.Runner.Http;

/// <summary>Whose share of the execution threads a piece of work takes.</summary>
/// <param name="TenantId">The tenant, as the service token says.</param>
/// <param name="Extension">Name of the extension, as the service token says.</param>
public readonly record struct ExecutionOwner(Guid TenantId, string Extension);
