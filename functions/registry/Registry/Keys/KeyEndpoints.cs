using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Edge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Keys;

/// <summary>Keys of a publisher over HTTP, for the publisher and for operators; to everybody else the publisher is not there.</summary>
public sealed class KeyEndpoints(RegistryEdge edge, PublisherKeys keys)
{
    private const int MaxBodyBytes = 64 * 1024;

    /// <summary><c>GET /api/registry/publishers/{publisher}/keys</c></summary>
    public Task<IResult> ListAsync(HttpRequest request, string publisher) => edge.RunAsync("registry.keys.list", request, async call =>
    {
        var listed = await keys.ListAsync(call.Caller, publisher, call.Aborted).ConfigureAwait(false);
        return listed.TryGet(out var list, out var refusal) ? RegistryResults.Json(list, RegistryJson.Default.KeyList) : refusal.ToProblem();
    });

    /// <summary><c>POST /api/registry/publishers/{publisher}/keys</c>: 201, or 200 when it is there already.</summary>
    public Task<IResult> AddAsync(HttpRequest request, string publisher) => edge.RunAsync("registry.keys.add", request, async call =>
    {
        var read = await call.ReadJsonAsync(RegistryJson.Default.AddKeyRequest, MaxBodyBytes).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var invalid)) return invalid.ToProblem();
        return Answer(await keys.AddAsync(call.Caller, call.Actor, publisher, body, call.Aborted).ConfigureAwait(false), StatusCodes.Status201Created);
    });

    /// <summary><c>POST /api/registry/publishers/{publisher}/keys/{keyId}/retire</c></summary>
    public Task<IResult> RetireAsync(HttpRequest request, string publisher, string keyId) => edge.RunAsync("registry.keys.retire", request, async call =>
        Answer(await keys.RetireAsync(call.Caller, call.Actor, publisher, keyId, call.Aborted).ConfigureAwait(false), StatusCodes.Status200OK));

    /// <summary><c>POST /api/registry/publishers/{publisher}/keys/{keyId}/compromise</c></summary>
    public Task<IResult> CompromiseAsync(HttpRequest request, string publisher, string keyId) => edge.RunAsync("registry.keys.compromise", request, async call =>
    {
        var read = await call.ReadJsonAsync(RegistryJson.Default.CompromiseRequest, MaxBodyBytes).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var invalid)) return invalid.ToProblem();
        return Answer(await keys.CompromiseAsync(call.Caller, call.Actor, publisher, keyId, body.Since, call.Aborted).ConfigureAwait(false), StatusCodes.Status200OK);
    });

    private static IResult Answer(Outcome<KeyChange> outcome, int changedStatus) =>
        outcome.TryGet(out var change, out var refusal)
            ? RegistryResults.Json(change.Key.ToView(), RegistryJson.Default.KeyView, change.Changed ? changedStatus : StatusCodes.Status200OK)
            : refusal.ToProblem();
}
