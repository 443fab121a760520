using Alga.Extensions.Registry.InstallSecrets;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>What a tenant's admins do with the secrets of an install.</summary>
public sealed class SecretFunctions(SecretEndpoints secrets)
{
    [Function("secrets-list")]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenant/installs/{name}/secrets")] HttpRequest request, string name) =>
        secrets.ListAsync(request, name);

    [Function("secrets-put")]
    public Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "tenant/installs/{name}/secrets/{secret}")] HttpRequest request, string name, string secret) =>
        secrets.PutAsync(request, name, secret);

    [Function("secrets-delete")]
    public Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "tenant/installs/{name}/secrets/{secret}")] HttpRequest request, string name, string secret) =>
        secrets.DeleteAsync(request, name, secret);
}
