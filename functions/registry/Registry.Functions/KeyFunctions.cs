using Alga.Extensions.Registry.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>Keys of publishers.</summary>
public sealed class KeyFunctions(KeyEndpoints keys)
{
    [Function("keys-list")]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registry/publishers/{publisher}/keys")] HttpRequest request, string publisher) =>
        keys.ListAsync(request, publisher);

    [Function("keys-add")]
    public Task<IResult> Add(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/publishers/{publisher}/keys")] HttpRequest request, string publisher) =>
        keys.AddAsync(request, publisher);

    [Function("keys-retire")]
    public Task<IResult> Retire(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/publishers/{publisher}/keys/{keyId}/retire")] HttpRequest request,
        string publisher,
        string keyId) =>
        keys.RetireAsync(request, publisher, keyId);

    [Function("keys-compromise")]
    public Task<IResult> Compromise(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "registry/publishers/{publisher}/keys/{keyId}/compromise")] HttpRequest request,
        string publisher,
        string keyId) =>
        keys.CompromiseAsync(request, publisher, keyId);
}
