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
    public InvocationHost Create(InvocationContext context, InvocationDeadline deadline) =>
        new(this, context, deadline, installSecrets.Remember(context.TenantId, context.InstallId));

    internal GuestLog CreateLog(InvocationContext context, KnownSecrets known) => new(context, known, guestLogger);

    internal BoundedLogger CreateLogger() => new(logger);

    internal MetricsCalls CreateMetrics(InvocationContext context, KnownSecrets known, ILogCalls log) => new(context, meter, known, log);

    internal StorageCalls CreateStorage(InvocationContext context, InvocationDeadline deadline, ILogger bounded) =>
        new(context, new StorageSession(dataSource, context.TenantId, deadline), purge, bounded);

    internal HttpCalls CreateHttp(InvocationContext context, InvocationDeadline deadline, SecretsCalls secrets, ILogger bounded) =>
        new(context, deadline, egress, secrets, bounded);

    internal SecretsCalls CreateSecrets(InvocationContext context, InvocationDeadline deadline, KnownSecrets known, ILogger bounded) =>
        new(context, deadline, installSecrets, known, bounded);

    /// <summary>
    /// Takes out of a text every secret that the install has now, and every one that the invocation came across. Both together: a value
    /// may have been replaced in between, and what was asked may name a secret that the extension never read.
    /// </summary>
    /// <exception cref="SecretUnavailableException">The vault does not answer, so not all secrets can be known.</exception>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task<Func<string, string>> LoadRedactionAsync(InvocationContext context, InvocationHost host, CancellationToken cancellationToken)
    {
        var known = host.Known.Copy();
        foreach (var name in await installSecrets.ListAsync(context.TenantId, context.InstallId, cancellationToken).ConfigureAwait(false))
        {
            if (await installSecrets.FindAsync(context.TenantId, context.InstallId, name, cancellationToken).ConfigureAwait(false) is { } secret) known.Add(secret.Value);
        }

        return known.Redact;
    }

    public void Dispose() => egress.Dispose();
}
