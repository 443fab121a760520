using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Signing;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Alga.Extensions.Registry.Accept;

/// <summary>Counter-signatures over HTTP, for everybody who is signed in.</summary>
public sealed class AcceptanceEndpoint(RegistryEdge edge, NpgsqlDataSource dataSource)
{
    /// <summary><c>GET /api/registry/extensions/{name}/versions/{version}/acceptance</c>: the envelope, byte for byte.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string name, string version) => edge.RunAsync("registry.versions.acceptance", request, async call =>
    {
        if (!ExtensionName.IsValid(name)) return CatalogQueries.NoExtension(name).ToProblem();
        if (!CatalogQueries.IsVersion(version)) return CatalogQueries.NoVersion(name, version).ToProblem();
        await using var connection = await dataSource.OpenConnectionAsync(call.Aborted).ConfigureAwait(false);
        var envelope = await AcceptanceRows.FindAsync(connection, name, version, call.Aborted).ConfigureAwait(false);
        return envelope is null ? CatalogQueries.NoVersion(name, version).ToProblem() : Results.Bytes(envelope, Dsse.MediaType);
    });
}
