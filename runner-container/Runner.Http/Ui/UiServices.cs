using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Alga.Extensions.Runner.Http;

/// <summary>Registration of what serves user interfaces.</summary>
internal static class UiServices
{
    public static IServiceCollection AddUi(this IServiceCollection services, RunnerOptions options) => services
        .AddSingleton<UiLoader>()
        .AddSingleton(provider => new UiCache(provider.GetRequiredService<UiLoader>().LoadAsync, options.UiCacheMemoryMb * 1024L * 1024L))
        .AddSingleton(new UiHeaders(options.FrameAncestors))
        .AddSingleton(provider => new UiHostLists(provider.GetRequiredService<NpgsqlDataSource>(), options.FrameAncestors))
        .AddSingleton(new UiOrigin(options.PublicBase))
        .AddSingleton<UiEndpoint>();
}
