using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Invoke;
using Alga.Extensions.Gateway.Limit;
using Alga.Extensions.Gateway.Resolve;

namespace Alga.Extensions.Gateway.Events;

/// <summary>Carries one delivery to the runner, once. The version is the one that the install runs at this moment.</summary>
internal sealed class DeliveryRunner(InstallResolver installs, Limiter limiter, RunnerClient runner, GatewayOptions options, TimeProvider time)
{
    /// <summary>How long an attempt can take at most, with room for what is around it.</summary>
    public TimeSpan Lease => options.Timeout + TimeSpan.FromSeconds(30);

    /// <summary>Runs it and says how it ended; throws only for faults of the platform.</summary>
    public async Task<AttemptEnd> RunAsync(Guid tenantId, Delivery delivery, CancellationToken cancellationToken)
    {
        var requestId = Guid.CreateVersion7(time.GetUtcNow());
        if (!delivery.IsWanted) return AttemptEnd.NotWanted(requestId);
        var answered = await CallAsync(requestId, tenantId, delivery, cancellationToken);
        return answered.TryGet(out var answer, out var refusal)
            ? AttemptEnd.Answered(delivery, requestId, answer.Status)
            : AttemptEnd.Refused(delivery, requestId, refusal.Code);
    }

    private async Task<Outcome<ExecuteResponse>> CallAsync(Guid requestId, Guid tenantId, Delivery delivery, CancellationToken cancellationToken)
    {
        // Nobody's request, so a rollout's candidate never gets it.
        var resolved = await installs.ResolveAsync(tenantId, delivery.InstallId.ToString("D"), user: null, cancellationToken);
        if (!resolved.TryGet(out var install, out var refusal)) return refusal;
        if (!DeliveryRequest.Build(requestId, tenantId, install, delivery, options.Timeout).TryGet(out var request, out refusal)) return refusal;
        var entered = await limiter.EnterAsync(tenantId, install.Install.ExtensionId, response: null, cancellationToken);
        if (!entered.TryGet(out var admission, out refusal)) return refusal;
        using (admission) return await runner.ExecuteAsync(request, cancellationToken);
    }
}
