using System.Runtime.InteropServices;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// What Linux tells of a thread and takes for it, which .NET has no means for: <see cref="Thread.Priority"/> does nothing there,
/// and processors can be chosen for the process as a whole only.
/// </summary>
internal static partial class ThreadProcessors
{
    /// <summary>Whether this system has it.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>The system's id of the running thread; 0 where there is none.</summary>
    public static int CurrentThreadId => IsSupported ? GetThreadId() : 0;

    /// <summary>Processor time that a thread of this process has had.</summary>
    public static TimeSpan ProcessorTime(int threadId)
    {
        // The clock of a thread, by its id: see clock_getcpuclockid(3) and MAKE_THREAD_CPUCLOCK of Linux.
        var clock = (~threadId << 3) | 6;
        return GetTime(clock, out var time) == 0 ? new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100)) : TimeSpan.Zero;
    }

    /// <summary>The processors that a thread of this process may run on; none where the system does not tell.</summary>
    public static ProcessorSet Get(int threadId)
    {
        var words = new ulong[ProcessorSet.Words];
        return IsSupported && GetAffinity(threadId, ProcessorSet.Bytes, words) == 0 ? new ProcessorSet(words) : ProcessorSet.None;
    }

    /// <summary>Has a thread of this process run on some processors only, from now on.</summary>
    /// <returns>Whether the system does it: it refuses processors that were taken from the process meanwhile.</returns>
    public static bool Set(int threadId, ProcessorSet processors) => SetAffinity(threadId, ProcessorSet.Bytes, processors.Bits) == 0;

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int threadId, nint bytes, [Out] ulong[] set);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int threadId, nint bytes, ReadOnlySpan<ulong> set);

    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
