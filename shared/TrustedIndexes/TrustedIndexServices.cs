using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.TrustedIndexes;

/// <summary>Registration of this project.</summary>
public static class TrustedIndexServices
{
    /// <summary>Adds <see cref="TrustedIndexCache"/> over the database, and the watcher that keeps it up to date.</summary>
    public static IServiceCollection AddTrustedIndexes(this IServiceCollection services, TrustedIndexOptions options) => services
        .AddSingleton(options)
        .AddSingleton<IIndexSource, DatabaseIndexSource>()
        .AddSingleton<HighestSeen>()
        .AddSingleton<TrustedIndexCache>()
        .AddHostedService<IndexWatcher>();
}
