using Alga.Extensions.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.LoadReports;

/// <summary>Registration of this project.</summary>
public static class LoadReportServices
{
    /// <summary>Adds <see cref="InFlight"/>, and its reports where there is a scaler.</summary>
    public static IServiceCollection AddLoadReports(this IServiceCollection services, LoadReportOptions options, LoadComponent component)
    {
        services.AddSingleton<InFlight>();
        if (options.ScalerUrl is { } scaler)
        {
            services.AddHostedService(provider => new LoadReporter(
                scaler,
                component,
                provider.GetRequiredService<InFlight>(),
                provider.GetRequiredService<SecretVault>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<LoadReporter>>()));
        }

        return services;
    }
}
