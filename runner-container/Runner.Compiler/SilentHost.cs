using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Compiler;

/// <summary>A host without any API: the first call of a guest ends its probe. Nobody is there whose data it could ask for.</summary>
internal sealed class SilentHost : IHostCalls
{
    public static readonly SilentHost Instance = new();

    public IContextCalls Context => throw Silent();

    public ILogCalls Log => throw Silent();

    public IMetricsCalls Metrics => throw Silent();

    public IStorageCalls Storage => throw Silent();

    public IHttpCalls Http => throw Silent();

    public ISecretsCalls Secrets => throw Silent();

    private static InvalidOperationException Silent() => new("A probe has no host.");
}
