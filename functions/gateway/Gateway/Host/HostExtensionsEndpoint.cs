using System.Text.Json;
using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Gateway.Resolve;
using Alga.Extensions.HttpEdge;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Gateway.Host;

/// <summary><c>GET /api/host/extensions</c>: what a host application puts into its menus.</summary>
public sealed class HostExtensionsEndpoint(IServiceProvider services)
{
    private static readonly Refusal NoTenant = new(ErrorCode.Forbidden, "Your token names no tenant; sign in to one.");
    private static readonly JsonElement NoHooks = JsonDocument.Parse("{}").RootElement;

    private readonly ICallerAuthenticator authenticator = services.GetRequiredService<ICallerAuthenticator>();
    private readonly HostExtensionQuery query = services.GetRequiredService<HostExtensionQuery>();
    private readonly GatewayOptions options = services.GetRequiredService<GatewayOptions>();

    /// <summary>Answers 200 with a <see cref="HostExtensionList"/>.</summary>
    public async Task<IResult> HandleAsync(EdgeRequest edge)
    {
        if (!(await authenticator.AuthenticateAsync(edge.Http, edge.Aborted)).TryGet(out var caller, out var refusal)) return new ProblemResult(refusal);
        if (caller.TenantId is not { } tenantId) return new ProblemResult(NoTenant);
        var pages = await query.ListAsync(tenantId, (install, percent) => RolloutSplit.Includes(tenantId, install, caller.Subject, percent), edge.Aborted);
        edge.Http.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(new HostExtensionList([.. pages.Select(Show)]), HostJson.Default.HostExtensionList);
    }

    private HostExtension Show(InstalledPage page)
    {
        using var manifest = JsonDocument.Parse(page.Manifest);
        var root = manifest.RootElement;
        return new HostExtension
        {
            InstallId = page.InstallId,
            ExtensionId = page.ExtensionId,
            Version = page.Version,
            ContentHash = page.ContentHash,
            DisplayName = root.GetProperty("displayName").GetString()!,
            Description = root.GetProperty("description").GetString()!,
            Ui = root.TryGetProperty("ui", out var ui) ? ShowUi(page, ui) : null,
        };
    }

    private HostExtensionPage ShowUi(InstalledPage page, JsonElement ui)
    {
        var entry = ui.GetProperty("entry").GetString()!;
        return new HostExtensionPage
        {
            Entry = entry,
            Src = options.RunnerPublicBase is { } publicBase ? ExtensionUiUrl.Build(publicBase, page.ExtensionId, page.ContentHash, entry, page.Hosts) : null,
            Hosts = page.Hosts,
            Hooks = ui.TryGetProperty("hooks", out var hooks) ? hooks.Clone() : NoHooks,
        };
    }
}
