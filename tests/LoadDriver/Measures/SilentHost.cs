using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>A host that no guest of the in-process measures calls.</summary>
internal sealed class SilentHost : IHostCalls
{
    public IContextCalls Context => throw Unexpected;

    public ILogCalls Log => throw Unexpected;

    public IMetricsCalls Metrics => throw Unexpected;

    public IStorageCalls Storage => throw Unexpected;

    public IHttpCalls Http => throw Unexpected;

    public ISecretsCalls Secrets => throw Unexpected;

    private static InvalidOperationException Unexpected => new("The measured guests call nothing.");
}
