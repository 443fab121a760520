namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// What the platform does for one invocation. Every call blocks the invocation's thread, and the epoch does not interrupt
/// it: an implementation ends by the invocation's deadline on its own. An exception is a fault of the platform.
/// </summary>
public interface IHostCalls
{
    IContextCalls Context { get; }

    ILogCalls Log { get; }

    IMetricsCalls Metrics { get; }

    IStorageCalls Storage { get; }

    IHttpCalls Http { get; }

    ISecretsCalls Secrets { get; }
}
