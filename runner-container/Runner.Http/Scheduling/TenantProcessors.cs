namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Which processors guests that compute for long have: while other tenants are there, half of them, the same half for all of a tenant's,
/// in turns. So whoever needs a processor shortly finds one that no endless loop of that tenant is on, instead of waiting for a time slice at
/// each step of a request; and where it has to wait, for one of them and not for as many as the tenant has threads. A tenant that is alone has all of them.
/// </summary>
internal sealed class TenantProcessors
{
    /// <summary>Time after a tenant's guest was found to compute for long, in which its next ones are taken to do so too.</summary>
    private static readonly TimeSpan LongFor = TimeSpan.FromSeconds(1);

    /// <summary>Time after a tenant's last call in which others are not alone.</summary>
    private static readonly TimeSpan PresentFor = TimeSpan.FromSeconds(10);

    /// <summary>Time that a guest waits for its turn at most.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, (long Until, ProcessorTurns Turns)> computing = [];
    private readonly TimeProvider time;
    private readonly ProcessorSet[] halves;
    private readonly int half;
    private readonly int first = Random.Shared.Next();

    // The last tenant that called, and the last one before it that was another.
    private (Guid Tenant, long Called) last;
    private (Guid Tenant, long Called) other;

    /// <param name="all">The processors that the process has.</param>
    /// <param name="usable">How many of them it can use at the same time: a container may have fewer than it sees.</param>
    /// <param name="time">Clock.</param>
    public TenantProcessors(ProcessorSet all, int usable, TimeProvider time)
    {
        All = all;
        this.time = time;
        half = Math.Min(all.Count, usable) / 2;
        halves = half == 0 ? [] : all.Runs(half);
        var longAgo = time.GetTimestamp() - Timestamps(PresentFor) - 1;
        last = other = (Guid.Empty, longAgo);
    }

    /// <summary>All that the process has.</summary>
    public ProcessorSet All { get; }

    /// <summary>Whether anything is known of them: not on every system.</summary>
    public bool CanBeShared => All.Count > 0;

    /// <summary>Whether a guest of any tenant was found to compute for long a short time ago. Forgets those of which none was, so it is to be asked from time to time.</summary>
    public bool SomebodyComputesForLong()
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            foreach (var (id, tenant) in computing)
            {
                if (now >= tenant.Until) computing.Remove(id);
            }

            return computing.Count > 0;
        }
    }

    /// <summary>A guest of a tenant is about to run: what it has, or null for all processors at any time.</summary>
    public ProcessorShare? Begin(Guid tenantId)
    {
        if (!CanBeShared) return null;
        lock (gate)
        {
            var now = time.GetTimestamp();
            if (last.Tenant != tenantId) other = last;
            last = (tenantId, now);
            return computing.Count > 0 && computing.TryGetValue(tenantId, out var tenant) && now < tenant.Until ? ShareBesideOthers(tenantId, tenant.Turns, now) : null;
        }
    }

    /// <summary>A guest of a tenant computes for long: what the tenant's guests have from now on, or null for all processors at any time.</summary>
    public ProcessorShare? ComputesForLong(Guid tenantId)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            var turns = computing.TryGetValue(tenantId, out var tenant) ? tenant.Turns : new ProcessorTurns(Math.Max(1, half), Patience);
            computing[tenantId] = (now + Timestamps(LongFor), turns);
            return ShareBesideOthers(tenantId, turns, now);
        }
    }

    private ProcessorShare? ShareBesideOthers(Guid tenantId, ProcessorTurns turns, long now)
    {
        var called = last.Tenant == tenantId ? other.Called : last.Called;
        if (!CanBeShared || now - called > Timestamps(PresentFor)) return null;
        // From another one on in each process, so that the runners of a machine do not all choose the same for a tenant.
        return new ProcessorShare(halves.Length == 0 ? null : halves[(int)((uint)(tenantId.GetHashCode() + first) % halves.Length)], turns);
    }

    private long Timestamps(TimeSpan span) => span.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond;
}
