using Alga.Extensions.Runner.Engine;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Makes the host calls of an invocation. What they share between invocations, such as connections and metrics, lives here.</summary>
public sealed class HostCallsFactory(NpgsqlDataSource dataSource, GuestMeter meter, ILoggerFactory loggers)
{
    private readonly ILogger guestLogger = loggers.CreateLogger(GuestLog.Category);
    private readonly ILogger storageLogger = loggers.CreateLogger<StorageCalls>();

    /// <summary>Host calls for one invocation; use them on its thread only.</summary>
    public IHostCalls Create(InvocationContext context, InvocationDeadline deadline)
    {
        var log = new GuestLog(context, guestLogger);
        return new HostCalls
        {
            Context = new ContextCalls(context, deadline),
            Log = log,
            Metrics = new MetricsCalls(context, meter, log),
            Storage = new StorageCalls(context, new StorageSession(dataSource, context.TenantId, deadline), storageLogger),
            Http = HttpCalls.Instance,
            Secrets = SecretsCalls.Instance,
        };
    }

    private sealed class HostCalls : IHostCalls
    {
        public required IContextCalls Context { get; init; }

        public required ILogCalls Log { get; init; }

        public required IMetricsCalls Metrics { get; init; }

        public required IStorageCalls Storage { get; init; }

        public required IHttpCalls Http { get; init; }

        public required ISecretsCalls Secrets { get; init; }
    }
}
