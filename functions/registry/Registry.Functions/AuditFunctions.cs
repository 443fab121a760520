using Alga.Extensions.Registry.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>Who changed what.</summary>
public sealed class AuditFunctions(AuditEndpoints audit)
{
    [Function("audit-platform")]
    public Task<IResult> ListPlatform([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/audit")] HttpRequest request) =>
        audit.ListPlatformAsync(request);

    [Function("audit-tenant")]
    public Task<IResult> ListTenant([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenant/audit")] HttpRequest request) =>
        audit.ListTenantAsync(request);
}
