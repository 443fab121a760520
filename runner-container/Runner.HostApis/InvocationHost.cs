using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// The host calls of one invocation, and what they left behind. Use it on the invocation's thread only. Each interface is made when it
/// is first used: most invocations use few.
/// </summary>
public sealed class InvocationHost : IHostCalls
{
    private readonly HostCallsFactory factory;
    private readonly InvocationContext context;
    private readonly InvocationDeadline deadline;
    private HttpCalls? http;
    private SecretsCalls? secrets;

    internal InvocationHost(HostCallsFactory factory, InvocationContext context, InvocationDeadline deadline, KnownSecrets known)
    {
        this.factory = factory;
        this.context = context;
        this.deadline = deadline;
        Known = known;
    }

    /// <summary>The secrets that the invocation came across.</summary>
    internal KnownSecrets Known { get; }

    public IContextCalls Context => field ??= new ContextCalls(context, deadline);

    public ILogCalls Log => field ??= factory.CreateLog(context, Known);

    public IMetricsCalls Metrics => field ??= factory.CreateMetrics(context, Known, Log);

    public IStorageCalls Storage => field ??= factory.CreateStorage(context, deadline, Logger);

    public IHttpCalls Http => http ??= factory.CreateHttp(context, deadline, OwnSecrets, Logger);

    public ISecretsCalls Secrets => OwnSecrets;

    /// <summary>Bytes sent and received by <c>http.fetch</c>: messages as HTTP/1.1 would write them, without TLS.</summary>
    public long EgressBytes => http?.EgressBytes ?? 0;

    private SecretsCalls OwnSecrets => secrets ??= factory.CreateSecrets(context, deadline, Known, Logger);

    private BoundedLogger Logger => field ??= factory.CreateLogger();
}
