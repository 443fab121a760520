using Alga.Extensions.Authentication;
using Alga.Extensions.Database;
using Alga.Extensions.Gateway.Events;
using Alga.Extensions.Gateway.Invoke;
using Alga.Extensions.Gateway.Limit;
using Alga.Extensions.Gateway.Resolve;
using Alga.Extensions.HttpEdge;
using Alga.Extensions.Secrets;
using Alga.Extensions.ServiceTokens;
using Alga.Extensions.TrustedIndexes;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Gateway;

/// <summary>Registration of the gateway.</summary>
public static class GatewayServices
{
    /// <summary>Adds everything that <see cref="ExtensionGateway"/> needs.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.AddHttpEdge();
        services.AddCallerAuthentication(options.Authentication);
        services.AddSecretVault(options.Vault);
        services.AddDatabase(options.DatabaseUrl);
        services.AddTrustedIndexes(options.Indexes);
        services.AddSingleton(options);
        services.AddSingleton<ServiceTokenKeySource>(provider =>
        {
            var vault = provider.GetRequiredService<SecretVault>();
            return cancellationToken => vault.GetRequiredBytesAsync(ServiceTokenKey.SecretName, cancellationToken);
        });
        services.AddSingleton<TokenIssuerSource>();
        services.AddSingleton<InstallQuery>();
        services.AddSingleton<VersionQuery>();
        services.AddSingleton<InstallResolver>();
        services.AddSingleton<QuotaQuery>();
        services.AddSingleton<QuotaStore>();
        services.AddSingleton<LimitSettings>();
        services.AddSingleton<Limiter>();
        services.AddSingleton<RunnerClient>();
        services.AddSingleton<ExtensionGateway>();
        services.AddEvents();
        return services;
    }
}
