namespace Alga.Extensions.Gateway.Limit;

/// <summary>A request that was let in. Disposed when it ends, so that its slots are free again.</summary>
internal sealed class Admission : IDisposable
{
    private ConcurrencyGate? tenant;
    private ConcurrencyGate? extension;

    /// <summary>Keeps a gate that was entered: the tenant's first, then the extension's.</summary>
    public void Add(ConcurrencyGate entered)
    {
        if (tenant is null) tenant = entered;
        else extension = entered;
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref tenant, null)?.Leave();
        Interlocked.Exchange(ref extension, null)?.Leave();
    }
}
