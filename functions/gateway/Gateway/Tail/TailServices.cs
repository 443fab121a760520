using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Tail;

/// <summary>What every connection of a live tail works with.</summary>
internal sealed class TailServices(IServiceProvider services)
{
    public TailOptions Options { get; } = services.GetRequiredService<TailOptions>();

    public TailSessions Sessions { get; } = services.GetRequiredService<TailSessions>();

    public TailQuery Query { get; } = services.GetRequiredService<TailQuery>();

    public TailHub Hub { get; } = services.GetRequiredService<TailHub>();

    public TimeProvider Time { get; } = services.GetRequiredService<TimeProvider>();

    public IHostApplicationLifetime Lifetime { get; } = services.GetRequiredService<IHostApplicationLifetime>();

    public ILogger Logger { get; } = services.GetRequiredService<ILogger<TailStream>>();
}
