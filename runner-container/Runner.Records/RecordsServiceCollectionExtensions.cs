using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.Records;

/// <summary>Registration of the records.</summary>
public static class RecordsServiceCollectionExtensions
{
    /// <summary>Adds <see cref="RecordQueue"/> and what empties it; it needs a data source, metrics, time and logging.</summary>
    public static IServiceCollection AddExecutionRecords(this IServiceCollection services, RecordOptions options) => services
        .AddSingleton(options)
        .AddSingleton<RecordMetrics>()
        .AddSingleton<RecordQueue>()
        .AddSingleton<RecordStore>()
        .AddSingleton<RecordSpool>()
        .AddHostedService<RecordWriter>();
}
