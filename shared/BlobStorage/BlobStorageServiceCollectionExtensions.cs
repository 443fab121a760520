using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.BlobStorage;

/// <summary>Registration of the bundle store.</summary>
public static class BlobStorageServiceCollectionExtensions
{
    /// <summary>Adds the one <see cref="IBundleStore"/>; its first use, not its start, connects.</summary>
    public static IServiceCollection AddBundleStore(this IServiceCollection services, BundleStoreOptions options) =>
        services.AddSingleton<IBundleStore>(_ => new AzureBundleStore(options));
}
