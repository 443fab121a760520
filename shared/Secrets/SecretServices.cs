using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Secrets;

/// <summary>Registration of this project.</summary>
public static class SecretServices
{
    /// <summary>Adds <see cref="SecretVault"/>.</summary>
    public static IServiceCollection AddSecretVault(this IServiceCollection services, SecretVaultOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SecretVault(
            SecretVault.CreateClient(options), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SecretVault>>()));
        return services;
    }

    /// <summary>Adds <see cref="TenantKeys"/>.</summary>
    public static IServiceCollection AddTenantKeys(this IServiceCollection services, SecretVaultOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new TenantKeys(
            SecretVault.CreateClient(options), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<TenantKeys>>()));
        return services;
    }
}
