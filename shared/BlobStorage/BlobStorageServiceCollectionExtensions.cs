using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.BlobStorage;

/// <summary>Registration of the bundle store.</summary>
public static class BlobStorageServiceCollectionExtensions
{
    /// <summary>Adds the one <see cref="IBundleStore"/>, and <see cref="StoredBundles"/> on it; its first use, not its start, connects.</summary>
    public static IServiceCollection AddBundleStore(this IServiceCollection services, BundleStoreOptions options) => services
        .AddSingleton(_ => BundleStore.Open(options))
        .AddSingleton<IBundleStore>(provider => provider.GetRequiredService<BundleStore>())
        .AddSingleton<StoredBundles>();

    /// <summary>Adds <see cref="IBundleInventory"/> on the same store, for the one component that collects orphaned blobs.</summary>
    public static IServiceCollection AddBundleInventory(this IServiceCollection services) =>
        services.AddSingleton<IBundleInventory>(provider => provider.GetRequiredService<BundleStore>());
}
