using Alga.Extensions.Authentication;
using Alga.Extensions.BlobStorage;
using Alga.Extensions.Database;
using Alga.Extensions.HttpEdge;
using Alga.Extensions.Registry.Accept;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Registry.Executions;
using Alga.Extensions.Registry.Health;
using Alga.Extensions.Registry.Index;
using Alga.Extensions.Registry.HostOrigins;
using Alga.Extensions.Registry.Install;
using Alga.Extensions.Registry.InstallSecrets;
using Alga.Extensions.Registry.Keys;
using Alga.Extensions.Registry.Maintenance;
using Alga.Extensions.Registry.OpenApi;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Registry.Quotas;
using Alga.Extensions.Registry.Recordings;
using Alga.Extensions.Registry.Register;
using Alga.Extensions.Registry.Revoke;
using Alga.Extensions.Registry.Seal;
using Alga.Extensions.Registry.Search;
using Alga.Extensions.Registry.Usage;
using Alga.Extensions.Registry.Withdraw;
using Alga.Extensions.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Registry;

/// <summary>Registration of the registry.</summary>
public static class RegistryServiceCollectionExtensions
{
    /// <summary>Adds the registry with everything it stands on.</summary>
    public static IServiceCollection AddRegistry(this IServiceCollection services, RegistryOptions options) => services
        .AddHttpEdge()
        .AddCallerAuthentication(options.Authentication)
        .AddDatabase(options.Database)
        .AddBundleStore(options.BundleStore)
        .AddBundleInventory()
        .AddSecretVault(options.SigningVault)
        .AddSingleton(options.Trust)
        .AddSigning(options)
        .AddSingleton<AuditLog>()
        .AddSingleton<RegistryEdge>()
        .AddSingleton<HealthEndpoint>()
        .AddSingleton<OpenApiEndpoint>()
        .AddSingleton<CatalogQueries>()
        .AddSingleton<VersionQueries>()
        .AddSingleton<CatalogEndpoints>()
        .AddSingleton<SearchQueries>()
        .AddSingleton<SearchEndpoint>()
        .AddSingleton<VersionYanker>()
        .AddSingleton<ExtensionDeprecator>()
        .AddSingleton<WithdrawEndpoints>()
        .AddSingleton<AuditQueries>()
        .AddSingleton<AuditEndpoints>()
        .AddSingleton<ExtensionRegistrar>()
        .AddSingleton<RegisterEndpoint>()
        .AddSingleton<BundleSignatures>()
        .AddSingleton<BundleClaims>()
        .AddSingleton<BundleUploader>()
        .AddSingleton<VersionStore>()
        .AddSingleton<UploadPlaces>()
        .AddSingleton<VersionPublisher>()
        .AddSingleton<PublishEndpoint>()
        .AddSingleton<ExecutionQueries>()
        .AddSingleton<ExecutionEndpoints>()
        .AddSingleton<UsageQueries>()
        .AddSingleton<UsageEndpoints>()
        .AddSingleton<PlanKeeper>()
        .AddSingleton<PlanEndpoints>()
        .AddSingleton<TenantQuotaKeeper>()
        .AddSingleton<EffectiveQuotaQuery>()
        .AddSingleton<TenantQuotaEndpoints>()
        .AddSingleton<HostOriginsKeeper>()
        .AddSingleton<HostOriginsEndpoints>()
        .AddSingleton<OrphanFinder>()
        .AddSingleton<CollectMetrics>()
        .AddSingleton<CompiledCollector>()
        .AddSingleton<BundleCollector>()
        .AddSingleton<CollectEndpoint>()
        .AddSingleton(new MaintenanceInterval(options.MaintenanceInterval))
        .AddSingleton<MaintenanceLoop>()
        .AddHostedService(provider => provider.GetRequiredService<MaintenanceLoop>())
        .AddInstalls()
        .AddTenantKeys(options.Vault)
        .AddSingleton<RecordingKeeper>()
        .AddSingleton<RecordingExpiry>()
        .AddSingleton<RecordingEndpoints>()
        .AddSingleton<SecretKeeper>()
        .AddSingleton<SecretEndpoints>();

    private static IServiceCollection AddSigning(this IServiceCollection services, RegistryOptions options) => services
        .AddSingleton<RegistryKeySource>(provider =>
        {
            var vault = provider.GetRequiredService<SecretVault>();
            return cancellationToken => vault.GetRequiredBytesAsync(RegistrySealer.SecretName, cancellationToken);
        })
        .AddSingleton<RegistrySealer>()
        .AddSingleton<VersionAcceptor>()
        .AddSingleton<AcceptanceEndpoint>()
        .AddSingleton<PublisherKeys>()
        .AddSingleton<KeyEndpoints>()
        .AddSingleton(new IndexLifetime(options.IndexLifetime))
        .AddSingleton<IndexIssuer>()
        .AddSingleton<IndexRenewer>()
        .AddSingleton<IndexEndpoints>()
        .AddHostedService<IndexRenewal>()
        .AddSingleton<VersionRevoker>()
        .AddSingleton<RevokeEndpoints>();
}
