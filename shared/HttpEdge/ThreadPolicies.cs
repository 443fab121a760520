using System.Globalization;
using System.Runtime.InteropServices;

namespace Alga.Extensions.HttpEdge;

/// <summary>
/// How Linux shares processors among the threads of this process. A request passes through several threads of each service, and one that wakes up interrupts, as a rule,
/// the one that woke it, whose caches are cold when it goes on. With <see cref="ThreadPolicy.Batch"/> the gateway answers a fifth more requests per second on two busy
/// processors (docs/benchmarks.md). Where a processor is free it changes nothing. It needs no rights.
/// </summary>
public static partial class ThreadPolicies
{
    /// <summary>
    /// Sets the policy of all threads that there are. At the start of a program that is enough: others inherit it. Later some of those that are started have the policy of the
    /// program's start instead, since the C library remembers a thread's policy when it is asked for it, as .NET does, and gives that to the threads that it starts.
    /// </summary>
    /// <returns>Whether the system took it. Without it everything works as well.</returns>
    public static bool SetAll(ThreadPolicy policy)
    {
        if (!OperatingSystem.IsLinux()) return false;
        var priority = 0;
        bool changed;
        do
        {
            // Again until none is left that was started by one that had not been reached yet.
            changed = false;
            foreach (var thread in Threads())
            {
                // Negative for one that has ended.
                if (Get(thread) is var now && (now < 0 || now == (int)policy)) continue;
                if (Set(thread, (int)policy, in priority) == 0) changed = true;
                else if (Get(thread) >= 0) return false;
            }
        }
        while (changed);
        return true;
    }

    private static IEnumerable<int> Threads() =>
        Directory.EnumerateDirectories("/proc/self/task").Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));

    [LibraryImport("libc", EntryPoint = "sched_getscheduler")]
    private static partial int Get(int threadId);

    /// <param name="threadId">The thread.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="priority">All of <c>struct sched_param</c>; 0 for both policies.</param>
    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int Set(int threadId, int policy, in int priority);
}
