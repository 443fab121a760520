namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Decides what runs next. Tenants take turns, and the extensions of a tenant take turns within its own; neither a tenant
/// nor an extension has more than its share of the threads at the same time. Every step costs the same however much waits.
/// Not for several threads at once: <see cref="ExecutionPool"/> holds a lock around it.
/// </summary>
/// <param name="tenantCap">Work of one tenant that runs at the same time.</param>
/// <param name="extensionCap">Work of one extension, of all tenants, that runs at the same time.</param>
internal sealed class FairQueue(int tenantCap, int extensionCap)
{
    // Who runs nothing is forgotten only beyond so many, so that a steady caller is not made anew with each request.
    private const int KeptIdle = 1_024;

    private readonly Dictionary<Guid, Tenant> tenants = [];
    private readonly Dictionary<string, Share> shares = new(StringComparer.Ordinal);

    /// <summary>Tenants with something that may run now, in the order of their turns.</summary>
    private readonly LinkedList<Tenant> turns = new();

    /// <summary>Number of pieces of work that wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>Number of pieces of a tenant's work that wait.</summary>
    public int WaitingOf(Guid tenantId) => tenants.TryGetValue(tenantId, out var tenant) ? tenant.Waiting : 0;

    /// <summary>
    /// Counts work as running without queueing it, where both shares allow it. Only for a thread that is idle: then
    /// nothing that waits could run, so nobody is overtaken.
    /// </summary>
    public bool TryStart(QueuedWork work)
    {
        var tenant = TenantOf(work.Owner.TenantId);
        var share = ShareOf(work.Owner.Extension);
        if (tenant.Running >= tenantCap || !share.HasRoom(extensionCap)) return false;
        tenant.Running++;
        share.Running++;
        return true;
    }

    /// <summary>Appends work to the line of its tenant and extension.</summary>
    public void Add(QueuedWork work)
    {
        var tenant = TenantOf(work.Owner.TenantId);
        if (!tenant.Lines.TryGetValue(work.Owner.Extension, out var line))
        {
            line = new Line(tenant, ShareOf(work.Owner.Extension));
            line.Share.Lines++;
            tenant.Lines.Add(work.Owner.Extension, line);
            if (line.Share.HasRoom(extensionCap)) Ready(line);
            else line.Share.Blocked.AddLast(line.Node);
        }

        line.Items.AddLast(work.Place);
        work.Line = line;
        tenant.Waiting++;
        Waiting++;
    }

    /// <summary>Takes the next piece of work and counts it as running; null when nothing that waits may run now.</summary>
    public QueuedWork? Take()
    {
        while (turns.First is { } turn)
        {
            var tenant = turn.Value;
            var line = tenant.Turns.First!.Value;
            tenant.Turns.RemoveFirst();
            turns.RemoveFirst();
            if (!line.IsCalled && !line.Share.HasRoom(extensionCap))
            {
                line.Share.Blocked.AddLast(line.Node);
                Requeue(tenant);
                continue;
            }

            Uncall(line);
            var work = line.Items.First!.Value;
            tenant.Running++;
            line.Share.Running++;
            LeaveLine(work);
            if (line.Items.Count > 0) tenant.Turns.AddLast(line.Node);
            else Forget(line);
            Requeue(tenant);
            return work;
        }

        return null;
    }

    /// <summary>Work that was running is over.</summary>
    public void Release(QueuedWork work)
    {
        var tenant = tenants[work.Owner.TenantId];
        var share = shares[work.Owner.Extension];
        tenant.Running--;
        share.Running--;
        Requeue(tenant);
        Call(share);
        Tidy(tenant, share);
    }

    /// <summary>Takes work out that waits.</summary>
    public void Remove(QueuedWork work)
    {
        var line = work.Line!;
        LeaveLine(work);
        if (line.Items.Count > 0) return;
        line.Node.List!.Remove(line.Node);
        Uncall(line);
        Forget(line);
        if (line.Tenant is { Turns.Count: 0, Node.List: not null }) turns.Remove(line.Tenant.Node);
        // A place that was kept for this line goes to another.
        Call(line.Share);
        Tidy(line.Tenant, line.Share);
    }

    private Tenant TenantOf(Guid id)
    {
        if (!tenants.TryGetValue(id, out var tenant)) tenants.Add(id, tenant = new Tenant(id));
        return tenant;
    }

    private Share ShareOf(string extension)
    {
        if (!shares.TryGetValue(extension, out var share)) shares.Add(extension, share = new Share(extension));
        return share;
    }

    private void LeaveLine(QueuedWork work)
    {
        var line = work.Line!;
        line.Items.Remove(work.Place);
        work.Line = null;
        line.Tenant.Waiting--;
        Waiting--;
    }

    private static void Forget(Line line)
    {
        line.Tenant.Lines.Remove(line.Share.Extension);
        line.Share.Lines--;
    }

    private void Ready(Line line)
    {
        line.Tenant.Turns.AddLast(line.Node);
        Requeue(line.Tenant);
    }

    /// <summary>Gives a tenant a turn when it has none and could use one.</summary>
    private void Requeue(Tenant tenant)
    {
        if (tenant.Node.List is null && tenant.Turns.Count > 0 && tenant.Running < tenantCap) turns.AddLast(tenant.Node);
    }

    /// <summary>
    /// Gives a free place of an extension to the line that has waited for it longest. The place is kept for that line, so
    /// that none that came later takes it. A line whose tenant has no thread to spare waits for its tenant instead.
    /// </summary>
    private void Call(Share share)
    {
        while (share.HasRoom(extensionCap) && share.Blocked.First is { } first)
        {
            var line = first.Value;
            share.Blocked.RemoveFirst();
            if (line.Tenant.Running < tenantCap)
            {
                line.IsCalled = true;
                share.Called++;
                line.Tenant.Turns.AddFirst(line.Node);
            }
            else
            {
                line.Tenant.Turns.AddLast(line.Node);
            }

            Requeue(line.Tenant);
        }
    }

    private static void Uncall(Line line)
    {
        if (!line.IsCalled) return;
        line.IsCalled = false;
        line.Share.Called--;
    }

    private void Tidy(Tenant tenant, Share share)
    {
        if (tenants.Count > KeptIdle && tenant is { Running: 0, Waiting: 0 }) tenants.Remove(tenant.Id);
        if (shares.Count > KeptIdle && share is { Running: 0, Lines: 0 }) shares.Remove(share.Extension);
    }

    /// <summary>What waits of one extension of one tenant. Its node is among its tenant's turns, or among what its extension blocks.</summary>
    internal sealed class Line
    {
        public Line(Tenant tenant, Share share)
        {
            Tenant = tenant;
            Share = share;
            Node = new LinkedListNode<Line>(this);
        }

        public Tenant Tenant { get; }

        public Share Share { get; }

        public LinkedList<QueuedWork> Items { get; } = new();

        public LinkedListNode<Line> Node { get; }

        /// <summary>Whether a place of the extension is kept for it.</summary>
        public bool IsCalled { get; set; }
    }

    internal sealed class Tenant
    {
        public Tenant(Guid id)
        {
            Id = id;
            Node = new LinkedListNode<Tenant>(this);
        }

        public Guid Id { get; }

        public int Running { get; set; }

        public int Waiting { get; set; }

        public Dictionary<string, Line> Lines { get; } = new(StringComparer.Ordinal);

        /// <summary>Lines that may run as far as their extension is concerned.</summary>
        public LinkedList<Line> Turns { get; } = new();

        public LinkedListNode<Tenant> Node { get; }
    }

    /// <summary>What all tenants run of one extension.</summary>
    internal sealed class Share(string extension)
    {
        public string Extension => extension;

        public int Running { get; set; }

        /// <summary>Places that are kept for lines that were called.</summary>
        public int Called { get; set; }

        public int Lines { get; set; }

        public LinkedList<Line> Blocked { get; } = new();

        public bool HasRoom(int cap) => Running + Called < cap;
    }
}
