namespace Alga.Extensions.Runner.HostApis;

/// <summary>Bounds how many requests a tenant has under way, so that one with slow hosts does not use up what all share.</summary>
internal sealed class TenantSlots(int capacity)
{
    private readonly Dictionary<Guid, int> taken = [];
    private readonly Lock gate = new();

    /// <summary>Whether there was room; then <see cref="Leave"/> must follow.</summary>
    public bool TryEnter(Guid tenantId)
    {
        lock (gate)
        {
            var count = taken.GetValueOrDefault(tenantId);
            if (count >= capacity) return false;
            taken[tenantId] = count + 1;
            return true;
        }
    }

    public void Leave(Guid tenantId)
    {
        lock (gate)
        {
            if (--taken[tenantId] == 0) taken.Remove(tenantId);
        }
    }
}
