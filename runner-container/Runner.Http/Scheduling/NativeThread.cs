using System.Runtime.InteropServices;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// What Linux tells of a thread and takes for it, which .NET has no means for: <see cref="Thread.Priority"/> does nothing there.
/// </summary>
internal static partial class NativeThread
{
    /// <summary>
    /// How nice a deprioritized thread is, 0 to 19 (setpriority(2)): it gets a tenth of what another one gets that wants the same
    /// processor, and one that wakes up takes the processor from it at once.
    /// </summary>
    private const int Niceness = 10;

    private const int OfOneThread = 0;

    /// <summary>Whether this system has it. Elsewhere all threads stay equal.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>The system's id of the running thread; 0 where there is none.</summary>
    public static int CurrentId => IsSupported ? GetThreadId() : 0;

    /// <summary>Processor time that a thread of this process has had.</summary>
    public static TimeSpan ProcessorTime(int threadId)
    {
        // The clock of a thread, by its id: see clock_getcpuclockid(3) and MAKE_THREAD_CPUCLOCK of Linux.
        var clock = (~threadId << 3) | 6;
        return GetTime(clock, out var time) == 0 ? new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100)) : TimeSpan.Zero;
    }

    /// <summary>Gives a thread less of the processors. Where the system refuses that, it stays as it is.</summary>
    public static void Deprioritize(int threadId) => _ = SetPriority(OfOneThread, threadId, Niceness);

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
