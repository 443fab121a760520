using System.Globalization;
using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Answer;
using Alga.Extensions.Gateway.Forward;
using Alga.Extensions.Gateway.Idempotency;
using Alga.Extensions.Gateway.Invoke;
using Alga.Extensions.Gateway.Limit;
using Alga.Extensions.Gateway.Match;
using Alga.Extensions.Gateway.Normalise;
using Alga.Extensions.Gateway.Resolve;
using Alga.Extensions.Gateway.UiTokens;
using Alga.Extensions.HttpEdge;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway;

/// <summary>The way of a request to an extension, step by step; each step refuses or hands on.</summary>
public sealed class ExtensionGateway
{
    private static readonly Refusal OtherInstall = new(ErrorCode.Forbidden, "This token is for the page of another extension.");

    private readonly GatewayCallers callers;
    private readonly InstallResolver installs;
    private readonly Limiter limiter;
    private readonly RunnerClient runner;
    private readonly IdempotentCall idempotent;
    private readonly GatewayOptions options;
    private readonly ILogger logger;

    /// <summary>Takes what <see cref="GatewayServices.AddGateway"/> registered.</summary>
    public ExtensionGateway(IServiceProvider services)
    {
        callers = services.GetRequiredService<GatewayCallers>();
        idempotent = services.GetRequiredService<IdempotentCall>();
        installs = services.GetRequiredService<InstallResolver>();
        limiter = services.GetRequiredService<Limiter>();
        runner = services.GetRequiredService<RunnerClient>();
        options = services.GetRequiredService<GatewayOptions>();
        logger = services.GetRequiredService<ILogger<ExtensionGateway>>();
    }

    /// <summary>Answers a request to <c>/api/ext/{extensionId}/{*path}</c>.</summary>
    /// <param name="edge">The request.</param>
    /// <param name="extensionId">Name of an extension or id of an install, as in the URL.</param>
    /// <param name="path">Value of the catch-all; null when it is empty.</param>
    public async Task<IResult> HandleAsync(EdgeRequest edge, string extensionId, string? path)
    {
        var authenticated = await callers.AuthenticateAsync(edge.Http, edge.Aborted);
        if (!authenticated.TryGet(out var known, out var refusal)) return Refuse(edge, null, extensionId, refusal);

        var answered = await RunAsync(edge, known.Caller, known.OnlyInstall, extensionId, path);
        return answered.TryGet(out var response, out refusal)
            ? GuestResult.Create(response, "/api/ext/" + extensionId)
            : Refuse(edge, known.Caller, extensionId, refusal);
    }

    private async Task<Outcome<ExecuteResponse>> RunAsync(EdgeRequest edge, Caller caller, Guid? onlyInstall, string extensionId, string? path)
    {
        var request = edge.Http;
        if (caller.TenantId is not { } tenantId) return new Refusal(ErrorCode.Forbidden, "Your token names no tenant; sign in to one.");
        if (PathAndQueryLength(request) > PlatformLimits.MaxPathAndQueryBytes) return PathTooLong;
        if (!ExtensionPath.Normalise(path).TryGet(out var normalised, out var refusal)) return refusal;
        if (!(await installs.ResolveAsync(tenantId, extensionId, caller.Subject, edge.Aborted)).TryGet(out var resolved, out refusal)) return refusal;
        if (onlyInstall is { } only && only != resolved.Install.InstallId) return OtherInstall;
        if (HttpMethods.IsOptions(request.Method)) return Options(edge, resolved.Version.Endpoints.MethodsAt(normalised));
        if (!EndpointRules.Find(resolved.Version.Endpoints, request.Method, normalised, caller).TryGet(out var match, out refusal)) return refusal;
        if (!RequestHeaders.Filter(request.Headers).TryGet(out var headers, out refusal)) return refusal;
        var entered = await limiter.EnterAsync(tenantId, resolved.Install.ExtensionId, request.HttpContext.Response, edge.Aborted);
        if (!entered.TryGet(out var admission, out refusal)) return refusal;
        using var admitted = admission;

        var read = await BoundedBody.ReadAsync(request, match.Endpoint.MaxBodyBytes ?? PlatformLimits.MaxTextBodyBytes, edge.Aborted);
        if (!read.TryGet(out var body, out refusal)) return refusal;
        using (body)
        {
            var execute = ExecuteRequestBuilder.Build(edge.RequestId, caller, resolved, match, request, normalised, headers, body.Memory, options.Timeout);
            if (!IdempotencyKey.IsAskedFor(request)) return await runner.ExecuteAsync(execute, edge.Aborted);
            if (!IdempotencyKey.Read(request, caller.Issuer, normalised, headers, body.Memory.Span).TryGet(out var key, out refusal)) return refusal;
            // Not ended when the caller goes: what is executed once must leave its outcome.
            var (outcome, isReplayed) = await idempotent.RunAsync(
                new IdempotencyOwner(tenantId, resolved.Install.InstallId, caller.Subject), key, () => runner.ExecuteAsync(execute, CancellationToken.None), edge.Aborted);
            if (isReplayed) request.HttpContext.Response.Headers[IdempotentCall.ReplayedHeader] = "true";
            return outcome;
        }
    }

    /// <summary>No manifest declares OPTIONS, so it is refused; the methods that it does declare are told.</summary>
    private static Refusal Options(EdgeRequest edge, IReadOnlyList<string> methods) =>
        methods.Count == 0 ? EndpointRules.NotFound : MethodNotAllowed.Refuse(edge, [.. methods.SelectMany(method => HttpMethods.IsGet(method) ? [method, HttpMethods.Head] : (string[])[method])]);

    private ProblemResult Refuse(EdgeRequest edge, Caller? caller, string extensionId, Refusal refusal)
    {
        Log.Refused(logger, edge.RequestId, caller?.TenantId, Shown(extensionId), ErrorTable.Describe(refusal.Code).Name);
        return new ProblemResult(refusal);
    }

    /// <summary>What a caller wrote goes into the log only when it is a name or an id.</summary>
    private static string Shown(string extensionId) =>
        ExtensionName.IsValid(extensionId) || UuidText.IsValid(extensionId) ? extensionId : "(not a name)";

    private static int PathAndQueryLength(HttpRequest request) => (request.Path.Value?.Length ?? 0) + (request.QueryString.Value?.Length ?? 0);

    private static Refusal PathTooLong { get; } = new(
        ErrorCode.InvalidRequest,
        string.Create(CultureInfo.InvariantCulture, $"Path and query together are longer than {PlatformLimits.MaxPathAndQueryBytes} bytes."));
}
