using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Gateway.Tail;

/// <summary>Registration of live tails.</summary>
internal static class TailRegistration
{
    /// <summary>Adds the endpoint, and what hears of new records.</summary>
    public static IServiceCollection AddLiveTails(this IServiceCollection services) => services
        .AddSingleton(new TailOptions())
        .AddSingleton<TailHub>()
        .AddSingleton<TailSessions>()
        .AddSingleton<TailQuery>()
        .AddSingleton<TailServices>()
        .AddSingleton<TailEndpoint>()
        .AddHostedService<TailListener>();
}
