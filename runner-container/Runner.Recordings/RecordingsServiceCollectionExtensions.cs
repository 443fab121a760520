using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>Registration of the recordings.</summary>
public static class RecordingsServiceCollectionExtensions
{
    /// <summary>Adds <see cref="RecordingQueue"/> and what empties it; it needs a data source, the tenants' keys, metrics, time and logging.</summary>
    public static IServiceCollection AddExecutionRecordings(this IServiceCollection services) => services
        .AddSingleton<RecordingMetrics>()
        .AddSingleton<RecordingQueue>()
        .AddSingleton<RecordingStore>()
        .AddHostedService<RecordingWriter>();
}
