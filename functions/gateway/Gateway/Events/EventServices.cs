using Alga.Extensions.Authentication;
using Alga.Extensions.Gateway.Schedules;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Gateway.Events;

/// <summary>Registration of events and schedules.</summary>
public static class EventServices
{
    /// <summary>Adds what accepts events, and what delivers them when it is asked to.</summary>
    internal static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<EventQueue>()
        .AddSingleton<EventStore>()
        .AddSingleton<DeliveryStore>()
        .AddSingleton<EventAgenda>()
        .AddSingleton<ScheduleTicker>()
        .AddSingleton<DeliveryRunner>()
        .AddSingleton<EventDispatcher>()
        .AddSingleton(provider => new HostEvents(provider.GetRequiredService<ICallerAuthenticator>(), provider.GetRequiredService<EventStore>(), provider.GetRequiredService<EventQueue>()));

    /// <summary>Delivers events and starts schedules for as long as the process lives.</summary>
    public static IServiceCollection AddEventDispatcher(this IServiceCollection services) => services
        .AddSingleton<WakeUp>()
        .AddHostedService<WakeUpListener>()
        .AddHostedService<QueueListener>()
        .AddHostedService<DispatcherService>();
}
