using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Edge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Register;

/// <summary>Registration over HTTP, for publishers.</summary>
public sealed class RegisterEndpoint(RegistryEdge edge, ExtensionRegistrar registrar)
{
    private const int MaxBodyBytes = 16 * 1024;

    /// <summary><c>POST /api/registry/extensions</c>: 201, or 200 when it is this publisher's already.</summary>
    public Task<IResult> PostAsync(HttpRequest request) => edge.RunAsync("registry.extensions.register", request, async call =>
    {
        if (CallerRights.UnlessPublisher(call.Caller) is { } stranger) return stranger.ToProblem();
        var read = await call.ReadJsonAsync(RegistryJson.Default.RegisterExtensionRequest, MaxBodyBytes).ConfigureAwait(false);
        if (!read.TryGet(out var body, out var invalid)) return invalid.ToProblem();
        var registered = await registrar.RegisterAsync(call.Caller, call.Actor, body, call.Aborted).ConfigureAwait(false);
        if (!registered.TryGet(out var registration, out var refusal)) return refusal.ToProblem();
        var status = registration.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        return RegistryResults.Json(registration.Extension, RegistryJson.Default.ExtensionView, status);
    });
}
