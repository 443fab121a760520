using System.Globalization;
using System.Runtime.InteropServices;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// How Linux shares processors among the threads of this process. It starts with the policy of the program that starts it: <c>chrt --batch 0</c> makes it a batch, in which an
/// answer's many threads do not interrupt each other (docs/benchmarks.md). Neither policy needs any rights.
/// </summary>
internal static partial class ThreadPolicies
{
    /// <summary>Whether the running thread is one of a batch.</summary>
    public static bool IsBatch => OperatingSystem.IsLinux() && Get(0) == (int)ThreadPolicy.Batch;

    /// <summary>
    /// Sets the policy of all threads that there are. Some of those that are started after that have the policy of the program's start, since the C library remembers a thread's
    /// policy when it is asked for it, as .NET does, and gives that to the threads that it starts.
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

    /// <param name="threadId">The thread; 0 for the running one.</param>
    [LibraryImport("libc", EntryPoint = "sched_getscheduler")]
    private static partial int Get(int threadId);

    /// <param name="threadId">The thread.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="priority">All of <c>struct sched_param</c>; 0 for both policies.</param>
    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int Set(int threadId, int policy, in int priority);
}
