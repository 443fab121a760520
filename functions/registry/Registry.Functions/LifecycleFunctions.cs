using Alga.Extensions.Registry.Install;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>What a tenant's admins do with an install after its first day.</summary>
public sealed class LifecycleFunctions(LifecycleEndpoints installs)
{
    [Function("installs-preview")]
    public Task<IResult> Preview(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenant/installs/{name}/upgrade")] HttpRequest request, string name) =>
        installs.PreviewAsync(request, name);

    [Function("installs-upgrade")]
    public Task<IResult> Upgrade(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenant/installs/{name}/upgrade")] HttpRequest request, string name) =>
        installs.UpgradeAsync(request, name);

    [Function("installs-consent")]
    public Task<IResult> Consent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenant/installs/{name}/consent")] HttpRequest request, string name) =>
        installs.ConsentAsync(request, name);

    [Function("installs-reject")]
    public Task<IResult> Reject(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenant/installs/{name}/reject")] HttpRequest request, string name) =>
        installs.RejectAsync(request, name);

    [Function("installs-rollback")]
    public Task<IResult> RollBack(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenant/installs/{name}/rollback")] HttpRequest request, string name) =>
        installs.RollBackAsync(request, name);

    [Function("installs-rollout")]
    public Task<IResult> SetPercent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "tenant/installs/{name}/rollout")] HttpRequest request, string name) =>
        installs.SetPercentAsync(request, name);

    [Function("installs-promote")]
    public Task<IResult> Promote(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenant/installs/{name}/promote")] HttpRequest request, string name) =>
        installs.PromoteAsync(request, name);

    [Function("installs-abort")]
    public Task<IResult> Abort(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenant/installs/{name}/abort")] HttpRequest request, string name) =>
        installs.AbortAsync(request, name);

    [Function("installs-config")]
    public Task<IResult> PutConfig(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "tenant/installs/{name}/config")] HttpRequest request, string name) =>
        installs.PutConfigAsync(request, name);

    [Function("installs-grants")]
    public Task<IResult> PutGrants(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "tenant/installs/{name}/grants")] HttpRequest request, string name) =>
        installs.PutGrantsAsync(request, name);

    [Function("installs-policy")]
    public Task<IResult> PutPolicy(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "tenant/installs/{name}/policy")] HttpRequest request, string name) =>
        installs.PutPolicyAsync(request, name);

    [Function("installs-restore")]
    public Task<IResult> Restore(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenant/installs/{name}/restore")] HttpRequest request, string name) =>
        installs.RestoreAsync(request, name);

    [Function("installs-history")]
    public Task<IResult> History(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenant/installs/{name}/history")] HttpRequest request, string name) =>
        installs.HistoryAsync(request, name);
}
