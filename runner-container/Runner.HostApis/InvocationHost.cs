using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>The host calls of one invocation, and what they left behind. Use it on the invocation's thread only.</summary>
public sealed class InvocationHost : IHostCalls
{
    private readonly HttpCalls http;

    internal InvocationHost(
        InvocationContext context, InvocationDeadline deadline, GuestLog log, GuestMeter meter, KnownSecrets known, StorageCalls storage, HttpCalls http, SecretsCalls secrets)
    {
        this.http = http;
        Known = known;
        Log = log;
        Context = new ContextCalls(context, deadline);
        Metrics = new MetricsCalls(context, meter, known, log);
        Storage = storage;
        Secrets = secrets;
    }

    /// <summary>The secrets that the invocation came across.</summary>
    internal KnownSecrets Known { get; }

    public IContextCalls Context { get; }

    public ILogCalls Log { get; }

    public IMetricsCalls Metrics { get; }

    public IStorageCalls Storage { get; }

    public IHttpCalls Http => http;

    public ISecretsCalls Secrets { get; }

    /// <summary>Bytes sent and received by <c>http.fetch</c>: messages as HTTP/1.1 would write them, without TLS.</summary>
    public long EgressBytes => http.EgressBytes;
}
