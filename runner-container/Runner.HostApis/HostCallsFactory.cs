using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Secrets;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Makes the host calls of an invocation. What they share between invocations, such as connections and metrics, lives here.</summary>
public sealed class HostCallsFactory(
    NpgsqlDataSource dataSource, GuestMeter meter, TenantKeys keys, EgressPolicy policy, IEgressNetwork network, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    private readonly Egress egress = new(policy, network, time);
    private readonly InstallSecrets installSecrets = new(dataSource, keys, time);
    private readonly StoragePurge purge = new(time);
    private readonly ILogger guestLogger = loggers.CreateLogger(GuestLog.Category);
    private readonly ILogger logger = loggers.CreateLogger<HostCallsFactory>();

    /// <summary>Host calls for one invocation; use them on its thread only.</summary>
    public InvocationHost Create(InvocationContext context, InvocationDeadline deadline)
    {
        var known = new KnownSecrets();
        var log = new GuestLog(context, known, guestLogger);
        var secrets = new SecretsCalls(context, deadline, installSecrets, known, logger);
        var storage = new StorageCalls(context, new StorageSession(dataSource, context.TenantId, deadline), purge, logger);
        return new InvocationHost(context, deadline, log, meter, known, storage, new HttpCalls(context, deadline, egress, secrets, logger), secrets);
    }

    public void Dispose() => egress.Dispose();
}
