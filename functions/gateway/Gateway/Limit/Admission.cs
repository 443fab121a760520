namespace Alga.Extensions.Gateway.Limit;

/// <summary>A request that was let in. Disposed when it ends, so that its slots are free again.</summary>
internal sealed class Admission(IReadOnlyList<ConcurrencyGate> entered) : IDisposable
{
    private int left;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref left, 1) != 0) return;
        foreach (var gate in entered) gate.Leave();
    }
}
