namespace Alga.Extensions.Runner.Http;

/// <summary>What a thread does that wakes up while another one has the processor. The values are Linux's (sched(7)).</summary>
internal enum ThreadPolicy
{
    /// <summary>It takes the processor from it, as a rule: <c>SCHED_OTHER</c>, which processes start with.</summary>
    Interrupting = 0,

    /// <summary>It waits until a processor is free, or the running one's slice has ended: <c>SCHED_BATCH</c>.</summary>
    Batch = 3,
}
