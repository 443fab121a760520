using Alga.Extensions.Registry.Executions;
using Alga.Extensions.Registry.Usage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.Registry.Functions;

/// <summary>What became of a tenant's calls, and what they used.</summary>
public sealed class ExecutionFunctions(ExecutionEndpoints executions, UsageEndpoints usage)
{
    [Function("executions-list")]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenant/installs/{name}/executions")] HttpRequest request, string name) =>
        executions.ListAsync(request, name);

    [Function("executions-get")]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenant/installs/{name}/executions/{executionId}")] HttpRequest request, string name, string executionId) =>
        executions.GetAsync(request, name, executionId);

    [Function("usage-get")]
    public Task<IResult> Usage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenant/installs/{name}/usage")] HttpRequest request, string name) =>
        usage.GetAsync(request, name);
}
