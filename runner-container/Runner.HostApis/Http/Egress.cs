namespace Alga.Extensions.Runner.HostApis;

/// <summary>What the fetches of all invocations share: connections, bounds, the operator's word.</summary>
internal sealed class Egress(EgressPolicy policy, IEgressNetwork network, TimeProvider time) : IDisposable
{
    public EgressPolicy Policy => policy;

    public EgressPool Pool { get; } = new(network, time);

    public TenantSlots Slots { get; } = new(FetchLimits.MaxConcurrentPerTenant);

    public void Dispose() => Pool.Dispose();
}
