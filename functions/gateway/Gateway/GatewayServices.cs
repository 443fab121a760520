using Alga.Extensions.Authentication;
using Alga.Extensions.Database;
using Alga.Extensions.Gateway.Cors;
using Alga.Extensions.Gateway.Events;
using Alga.Extensions.Gateway.Host;
using Alga.Extensions.Gateway.Idempotency;
using Alga.Extensions.Gateway.Invoke;
using Alga.Extensions.Gateway.Limit;
using Alga.Extensions.Gateway.Resolve;
using Alga.Extensions.Gateway.Tail;
using Alga.Extensions.Gateway.UiTokens;
using Alga.Extensions.HttpEdge;
using Alga.Extensions.LoadReports;
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
        services.AddSingleton(DatabaseFaults.Outage);
        services.AddSingleton(VaultFaults.Outage);
        services.AddCallerAuthentication(options.Authentication);
        services.AddSecretVault(options.Vault);
        services.AddDatabase(options.DatabaseUrl);
        services.AddTrustedIndexes(options.Indexes);
        services.AddLoadReports(options.LoadReports, LoadComponent.Gateway);
        services.AddSingleton(options);
        services.AddSingleton<ServiceTokenKeySource>(provider =>
        {
            var vault = provider.GetRequiredService<SecretVault>();
            return cancellationToken => vault.GetRequiredBytesAsync(ServiceTokenKey.SecretName, cancellationToken);
        });
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<TokenIssuerSource>();
        services.AddSingleton<IInstallSource, InstallQuery>();
        services.AddSingleton<InstallCache>();
        services.AddHostedService<InstallWatcher>();
        services.AddSingleton<VersionQuery>();
        services.AddSingleton<InstallResolver>();
        services.AddSingleton<QuotaQuery>();
        services.AddSingleton<QuotaStore>();
        services.AddSingleton<LimitSettings>();
        services.AddSingleton<Limiter>();
        services.AddSingleton<RunnerClient>();
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<IdempotentCall>();
        services.AddSingleton<UiTokens.UiTokens>();
        services.AddSingleton<GatewayCallers>();
        services.AddSingleton<UiTokenEndpoint>();
        services.AddSingleton<HostExtensionQuery>();
        services.AddSingleton<HostExtensionsEndpoint>();
        services.AddSingleton<ExtensionGateway>();
        services.AddSingleton<CorsPolicy>();
        services.AddSingleton<GatewayEdge>();
        services.AddEvents();
        services.AddLiveTails();
        return services;
    }
}
