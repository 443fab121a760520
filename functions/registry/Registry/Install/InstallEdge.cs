using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Install.Views;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Install;

/// <summary>What all requests about a tenant's installs have in common.</summary>
public sealed class InstallEdge(RegistryEdge edge, InstallViews views)
{
    // The settings at their largest, and the rest around them.
    internal const int MaxBodyBytes = ConfigRules.MaxBytes + (64 * 1024);

    /// <summary>Runs a handler for a user or an admin of a tenant.</summary>
    public Task<IResult> ReadAsync(string operation, HttpRequest request, string name, Func<RegistryCall, Guid, Task<IResult>> read) =>
        RunAsync(operation, request, name, [Roles.TenantUser, Roles.TenantAdmin], read);

    /// <summary>Runs a handler for an admin of a tenant who changes nothing.</summary>
    public Task<IResult> ReadAsAdminAsync(string operation, HttpRequest request, string name, Func<RegistryCall, Guid, Task<IResult>> read) =>
        RunAsync(operation, request, name, [Roles.TenantAdmin], read);

    /// <summary>Runs a write of an admin and answers with the install: 200, or another status where one is given for what was done.</summary>
    public Task<IResult> WriteAsync(
        string operation,
        HttpRequest request,
        string name,
        Func<RegistryCall, Guid, IfMatch, Task<Outcome<InstallWrite>>> write,
        Func<InstallWrite, int>? status = null) =>
        ReadAsAdminAsync(operation, request, name, async (call, tenantId) =>
        {
            if (!IfMatch.Read(request).TryGet(out var ifMatch, out var refusal)) return refusal.ToProblem();
            var written = await write(call, tenantId, ifMatch).ConfigureAwait(false);
            if (!written.TryGet(out var done, out refusal)) return refusal.ToProblem();
            var code = status?.Invoke(done) ?? StatusCodes.Status200OK;
            if (code == StatusCodes.Status204NoContent) return Results.NoContent();
            return await AnswerAsync(call, done.Install, forAdmin: true, code).ConfigureAwait(false);
        });

    /// <summary>The install as an answer, with its entity tag.</summary>
    public async Task<IResult> AnswerAsync(RegistryCall call, InstallState install, bool forAdmin, int status = StatusCodes.Status200OK)
    {
        var view = await views.ShowAsync(install, forAdmin, call.Aborted).ConfigureAwait(false);
        call.Http.HttpContext.Response.Headers.ETag = install.ETag;
        return RegistryResults.Json(view, RegistryJson.Default.InstallView, status);
    }

    private Task<IResult> RunAsync(
        string operation, HttpRequest request, string name, string[] roles, Func<RegistryCall, Guid, Task<IResult>> handle) =>
        edge.RunAsync(operation, request, async call =>
        {
            if (!CallerRights.TenantOf(call.Caller, roles).TryGet(out var tenantId, out var refusal)) return refusal.ToProblem();
            if (!ExtensionName.IsValid(name)) return CatalogQueries.NoExtension(name).ToProblem();
            return await handle(call, tenantId).ConfigureAwait(false);
        });
}
