using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Signing;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Alga.Extensions.Registry.Index;

/// <summary>Signed indexes over HTTP: everybody who is signed in may read them, operators have them signed anew.</summary>
public sealed class IndexEndpoints(RegistryEdge edge, NpgsqlDataSource dataSource, IndexRenewer renewer)
{
    private const int MaxBodyBytes = 16 * 1024;

    /// <summary><c>GET /api/registry/extensions/{name}/index</c>: the newest, as an envelope.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string name) => edge.RunAsync("registry.index.get", request, async call =>
    {
        if (!ExtensionName.IsValid(name)) return CatalogQueries.NoExtension(name).ToProblem();
        await using var connection = await dataSource.OpenConnectionAsync(call.Aborted).ConfigureAwait(false);
        var envelope = await IndexRows.FindAsync(connection, name, call.Aborted).ConfigureAwait(false);
        return envelope is null ? CatalogQueries.NoExtension(name).ToProblem() : Results.Bytes(envelope, Dsse.MediaType);
    });

    /// <summary><c>POST /api/registry/extensions/{name}/index/advance</c></summary>
    public Task<IResult> AdvanceAsync(HttpRequest request, string name) => edge.RunAsync("registry.index.advance", request, async call =>
    {
        var read = await call.ReadJsonAsync(RegistryJson.Default.AdvanceRequest, MaxBodyBytes).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var invalid)) return invalid.ToProblem();
        var advanced = await renewer.AdvanceAsync(call.Caller, call.Actor, name, body, call.Aborted).ConfigureAwait(false);
        return advanced.TryGet(out var view, out var refusal) ? RegistryResults.Json(view, RegistryJson.Default.IndexView) : refusal.ToProblem();
    });

    /// <summary><c>POST /api/registry/maintenance/indexes/renew</c></summary>
    public Task<IResult> RenewAsync(HttpRequest request) => edge.RunAsync("registry.indexes.renew", request, async call =>
    {
        if (CallerRights.UnlessOperator(call.Caller) is { } refusal) return refusal.ToProblem();
        var renewed = await renewer.RenewAsync(call.Aborted).ConfigureAwait(false);
        return RegistryResults.Json(new RenewalView(renewed), RegistryJson.Default.RenewalView);
    });
}
