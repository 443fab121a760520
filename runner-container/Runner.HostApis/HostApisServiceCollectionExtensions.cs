using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>What guests may call.</summary>
public static class HostApisServiceCollectionExtensions
{
    /// <summary>Adds the <see cref="HostCallsFactory"/>; it needs a data source, the tenants' keys, a clock and logging.</summary>
    /// <param name="services">The services.</param>
    /// <param name="egress">Which hosts the operator allows.</param>
    public static IServiceCollection AddHostApis(this IServiceCollection services, EgressPolicy egress)
    {
        services.AddSingleton<GuestMeter>();
        services.AddSingleton(egress);
        services.AddSingleton<IEgressNetwork, SystemNetwork>();
        services.AddSingleton<HostCallsFactory>();
        return services;
    }
}
