using Alga.Extensions.Registry.Install.Events;
using Alga.Extensions.Registry.Install.Follow;
using Alga.Extensions.Registry.Install.History;
using Alga.Extensions.Registry.Install.Rollback;
using Alga.Extensions.Registry.Install.Rollout;
using Alga.Extensions.Registry.Install.Schedules;
using Alga.Extensions.Registry.Install.Settings;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Install.Uninstall;
using Alga.Extensions.Registry.Install.Upgrade;
using Alga.Extensions.Registry.Install.Versions;
using Alga.Extensions.Registry.Install.Views;
using Alga.Extensions.Registry.Maintenance;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Registry.Install;

/// <summary>Registration of what tenants do with installs.</summary>
internal static class InstallServices
{
    /// <summary>Adds installs and the maintenance that belongs to them.</summary>
    public static IServiceCollection AddInstalls(this IServiceCollection services) => services
        .AddSingleton<InstallableVersions>()
        .AddSingleton<VersionReader>()
        .AddSingleton<InstallWrites>()
        .AddSingleton<InstallViews>()
        .AddSingleton<InstallQueries>()
        .AddSingleton<HistoryQueries>()
        .AddSingleton<Installer>()
        .AddSingleton<Upgrader>()
        .AddSingleton<Rollbacks>()
        .AddSingleton<Rollouts>()
        .AddSingleton<InstallSettings>()
        .AddSingleton<InstallFollower>()
        .AddSingleton<Policies>()
        .AddSingleton<Uninstaller>()
        .AddSingleton<InstallPurger>()
        .AddSingleton<InstallEdge>()
        .AddSingleton<DeliveryQueries>()
        .AddSingleton<Redelivery>()
        .AddSingleton<DeliveryEndpoints>()
        .AddSingleton<ScheduleKeeper>()
        .AddSingleton<ScheduleEndpoints>()
        .AddSingleton<InstallEndpoints>()
        .AddSingleton<LifecycleEndpoints>()
        .AddSingleton<MaintenanceEndpoints>();
}
