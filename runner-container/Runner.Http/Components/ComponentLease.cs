namespace Alga.Extensions.Runner.Http;

/// <summary>The right to use a component; dispose it once, after the invocation.</summary>
public sealed class ComponentLease(LoadedComponent component, Action release) : IDisposable
{
    private int released;

    public LoadedComponent Component => component;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref released, 1) == 0) release();
    }
}
