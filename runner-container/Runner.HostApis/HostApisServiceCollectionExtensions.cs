using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>What guests may call.</summary>
public static class HostApisServiceCollectionExtensions
{
    /// <summary>Adds the <see cref="HostCallsFactory"/>; it needs a data source and logging.</summary>
    public static IServiceCollection AddHostApis(this IServiceCollection services)
    {
        services.AddSingleton<GuestMeter>();
        services.AddSingleton<HostCallsFactory>();
        return services;
    }
}
